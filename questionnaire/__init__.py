"""questionnaire: surveys for prospects, and leads that sales can explain.

Import rule: an upper layer may import a lower one, never the reverse (see docs/house.md).
"""

__version__ = "0.1.0"
