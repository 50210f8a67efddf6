"""People, how they sign in, what they agreed to, and their roles.

Words: a *person* is one human being, whatever roles they have; a *credential* is a PIN, a password or a TOTP secret,
kept as a hash or encrypted; a *known phone* has signed this person in before; a *notice* is the privacy notice that
a person accepts before anything is recorded of them. Never: courses, cohorts or progress.
"""
