"""What goes in and out of the installation: rosters in, each person's own data out, all of it as a backup and back,
and the beginning: a new installation, or the demonstration.

Words: a *roster* is a list of people for a cohort, from a spreadsheet; a *preview* says what importing it would do; an
*archive* is one file with database, media and keys. Never: a rule of its own about people, progress or certificates.
"""
