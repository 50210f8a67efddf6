"""The pages of the desks. /admin and /manage share those about people and classes; the rest is for an admin."""
