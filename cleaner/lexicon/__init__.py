"""A names pack proposed from a corpus: a vote is evidence for a reader, never an edit."""
