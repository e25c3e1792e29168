"""The authored survey, the journey through it, its answers and the maturity score.

Nothing here depends on FIT, INTENT or TIMING.
"""
