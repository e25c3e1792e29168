"""The head: survey, policy, journey, evidence, scores, verdict, routing, clocks.

Law: pure. No I/O, no framework, no clock, no randomness. `now` is an argument. A later chapter reads
earlier ones, never the reverse; the order of the chapters is the contract `core in reading order`.
"""
