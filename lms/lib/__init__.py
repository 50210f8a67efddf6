"""Pure functions, one subject a file: text in, text out; numbers in, numbers out.

Nothing here knows Flask, Peewee or another room of the house; nothing reads a clock, a database or a setting. What is
wrong is raised with a code and a place, never with words for a reader: those are said higher up, in their language.
Types are strict, and every module can be read and tested by itself.
"""
