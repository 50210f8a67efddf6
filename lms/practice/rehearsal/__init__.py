"""The rehearsal room: a simulated live audience, seeded so that a session can be repeated and judged alike.

Words: a *line* is what a pretended viewer says; a *handling* how it is well answered; a *trap* asks for something that
the law forbids to say; an *event* is a mishap. The room itself runs on the phone (static/js/rehearsal/); here are its
bank of lines, what was measured, and the lines that trainers add. Never: a recording, which leaves the phone only as a
hand-in, through `submissions`.
"""
