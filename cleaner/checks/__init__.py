"""Figures x Relations -> Verdicts, Findings."""
