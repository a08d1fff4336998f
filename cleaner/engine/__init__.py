"""Rules x Blocks -> Edits -> clean text."""
