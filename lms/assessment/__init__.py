"""Judging work by rubric: points by row, remarks at the second of a clip, undo, a blind second judge, peers' stickers.

Words: a *judgement* is what one judge says of one submission; it *settles* when its undo time is over, and only then
does the step count as done. Item analysis and regrading of questions live here too. Never: how work arrives
(`submissions`), or when a course is completed (`learning.completion`).
"""
