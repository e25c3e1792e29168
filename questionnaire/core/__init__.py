"""The domain logic: survey, policy, journey, evidence, scores, verdict, routing and SLA deadlines.

Law: pure. No I/O, no framework, no clock, no randomness. `now` is an argument. A later area imports
earlier ones, never the reverse; the order of the areas is the import contract `core in reading order`.
"""
