"""The rehearsal room: a simulated live audience, seeded so that a session can be repeated and judged alike."""
