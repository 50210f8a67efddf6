"""What trainers do at their desk: write courses, publish them, and look after their classes.

Words: a *desk* course is one that this person may write (its author; an admin any); a *page* is one Markdown file of a
lesson (`light/zh.md`, `light/quiz.en.md`); a *gauge* measures a page while it is written. Drafts, versions and their
files are the catalogue's; who moves to a new version is decided in `lms.learning.repinning`. Never: how a lesson is
parsed or drawn, or what counts as progress.
"""
