"""The rule tester, the damage generator, Hypothesis strategies: shipped for users with their own packs."""
