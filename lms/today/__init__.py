"""The first page: the landing page for visitors, and Today for whoever has signed in.

Words: the *next lesson* is the one to go on with; *due* is what the cohort's dates ask for. Never: streaks, points,
rank.
"""
