"""The copy coach: what a script may not say, must prove and must not leave out; its versions, proofs and sheets."""
