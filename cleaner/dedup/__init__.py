"""Paragraphs that stand more than once in a corpus: found by signatures, proved on their texts, dropped on request."""
