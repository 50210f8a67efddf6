"""Areas, cohorts and who belongs to them.

Words: an *area* has a 12-digit code, from province to village; a *cohort* 班 has trainees, courses, trainers, dates
and one area; a *membership* is a person in a cohort; a *programme* is the set of courses that a cohort takes,
completed when all its required courses are. Never: lessons, steps or answers.
"""
