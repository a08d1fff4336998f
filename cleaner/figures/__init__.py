"""Blocks -> Figures -> Relations."""
