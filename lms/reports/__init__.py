"""Figures for managers, the lists behind them, and whom to help.

Words: a *cut* is what a report counts: areas, and filters on them; a *figure* is a count of a measure
(`lms.learning.measures`) within a cut; a *place* is one of the areas that a cut falls into; a *need* is a reason to
help somebody, in words. Never: a figure without its rows, a rate of fewer than five people, anything that is not
recorded.
"""
