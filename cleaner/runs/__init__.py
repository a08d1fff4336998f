"""Runs over folders: what is read, what is left, how it is taken back."""
