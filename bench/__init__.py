"""What is fast, measured against what. `make bench` runs it; README.md keeps the numbers."""
