"""The demonstration: 荷田县, an invented county with invented people, whose progress the product's verbs made; and,
for measuring, a synthetic county of any size.

Words: the *story* is the forty trainees that one gets to know; the *crowd* is everybody beyond them. Never: a place, a
code or a phone number that belongs to anybody, or a figure without its rows.
"""
