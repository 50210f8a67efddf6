"""Enrolments, what trainees do in lessons, and what follows from it.

Words: an *event* is one thing a trainee did, with an id made on the phone; a *step done* follows from events; an
enrolment is *started*, *completed*; a *tally* counts enrolments by state, area and course. Events are the truth:
everything else can be counted again from them (`recount`). Never: certificates, reports, or how a course is written.
"""
