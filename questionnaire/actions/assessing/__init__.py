"""Assessments of leads from stored responses and events, texts of events, and signed links."""
