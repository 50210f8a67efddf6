"""Judging what was handed in: the queue, the rubric page, remarks, undo, blind second judges, peers, feedback. And
judging the questions themselves: what their answers say of them (*items*), and putting a *key* right that was wrong.

Words: a *judgement* is what one judge says of one submission; it *stands* until it is taken back, and *settles* when
the time to undo it is over. Only then does anything follow from it: the step is done, the course perhaps completed, a
certificate issued. Nothing here writes a submission's state but through `lms.submissions.states`, or a step but
through `lms.learning.progress`.
"""
