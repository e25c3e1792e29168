"""Responses, their assessments and documents, partial responses, visits and benchmark sums."""
