"""Courses: how a folder of Markdown becomes a course, a course becomes rows and pages, and goes back to the same bytes.

Words: a *course* is an ordered list of *lessons*; a lesson is made of *blocks*, some of which are *steps* to do; a
*problem* is what is wrong or could be better, with file and line; a *part* is a block as a page draws it. Owns: the
format (courses/README.md), drafts, versions, search, files of lessons. Never: people, progress, certificates; an
author is a plain id here. Whatever an author wrote is rendered in a process that can be killed (`sandbox.py`).
"""
