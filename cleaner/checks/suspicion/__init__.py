"""What looks damaged and cannot be put right: questions for a reader, one detector a file, never an edit."""
