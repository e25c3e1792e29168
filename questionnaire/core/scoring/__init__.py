"""Scoring: evidence, levels, signals, scorecard, checklist, verdict, and the assessment that contains them."""
