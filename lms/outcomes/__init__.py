"""What came of the training: for now the first real lives that trainees report themselves.

Words: a *live report* says when, on which platform, how many minutes; its *proof* level is P0 (self-reported) until
somebody checks it, and every count of it says so. Never: sales figures, or anything taken from a platform unasked.
"""
