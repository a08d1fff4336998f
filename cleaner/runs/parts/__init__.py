"""Runs over inputs of any size: done part by part, each complete or absent, continued where they stood."""
