"""Bytes -> Document -> Blocks."""
