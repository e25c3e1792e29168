"""The public form: pages of a survey, what is posted to them, and the result."""
