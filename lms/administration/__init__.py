"""The desk of whoever looks after an installation or an area: people, areas, cohorts, the audit trail, settings.

Words: a *desk* is the same work with another reach: /admin for the whole installation, /manage within a manager's
areas; its *scope* says which people, areas and cohorts lie within; a *duplicate* is a second account of one human.
Never: figures (they are in reports), or a way round the verbs of the rooms below.
"""
