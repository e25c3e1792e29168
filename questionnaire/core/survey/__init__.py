"""A survey as its authors write it, the journey through it, its answers and the maturity they show.

Nothing in here knows FIT, INTENT or TIMING.
"""
