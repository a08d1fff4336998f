"""Kanwu restores OCR-read Chinese public documents and judges whether their figures agree."""
