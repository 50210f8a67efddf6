"""Fieldcast 田播: a school for selling farm goods by livestream. The factory is `lms.factory.create_app`.

It is not here, so that a part can be imported without the whole: the process that renders lessons starts with the
parser alone. The floors of the house, and why each wall stands, are in DECISIONS.md.
"""
