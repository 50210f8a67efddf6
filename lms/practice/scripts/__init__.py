"""The copy coach: what a script may not say, must prove and must not leave out; its versions, proofs and sheets.

Owns: scripts with all their versions, the proofs that stay with them, and signed compliance sheets. The rules
themselves are `lms.lib.advertising`. Words: a finding is open until its words are gone or its proof is there. Never:
changes a text unasked, adds a fact that the seller did not confirm, gives legal advice.
"""
