"""Certificates 证书: the paper that says a course was completed, and the page on which anyone can check it.

Owns the number, the snapshot (what was true on the day of issue), the sentence composed from it, the PDF and the
picture, and the life of a certificate: issued, corrected, replaced, revoked, expired. It never decides that a
course is completed (learning does), never claims a kind of step that was not required and judged, never promises
an effect, and never lets a certificate go out with an empty box in a name.
"""
