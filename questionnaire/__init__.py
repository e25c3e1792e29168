"""questionnaire: a good diagnostic for prospects, leads that sales can explain.

The law of the house: an upper floor may look down, never up (see docs/house.md).
"""

__version__ = "0.1.0"
