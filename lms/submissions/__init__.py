"""Work that trainees hand in: uploads that survive a weak network, submissions with their pieces, who may see them.

Words: an *upload* is a file on its way (tus protocol 1.0); a *submission* is one try at a task, made of *pieces*
(photo, video, audio, text or script). A job turns video into what village networks carry.
Never: points or passing, which belong to `assessment`; and nothing that was handed in is overwritten.
"""
