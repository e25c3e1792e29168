"""Routing of leads to reps, SLA deadlines in business time, and the first-contact deadline."""
