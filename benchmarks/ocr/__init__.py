"""Pages that a real engine reads: rendered here, read by Tesseract, aligned with what was printed."""
