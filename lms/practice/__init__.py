"""The practice tools: shot coach, copy coach, rehearsal room. One folder each, one line each in `tools.py`.

What camera and microphone give stays on the phone unless the trainee hands something in, which goes through
`submissions`. Never: grades; a tool gives advice, a trainer judges.
"""
