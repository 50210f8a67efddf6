"""Scenes for a camera and a microphone that are not there: drawn and sounded by code, small, the same every time.

`PICTURES` and `SOUNDS` name each scene and the advice that must come first; `write_picture` gives a Y4M and
`write_sound` a WAV, which Chromium takes for a camera and a microphone.
"""
