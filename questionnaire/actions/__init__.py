"""Use cases: load, decide in core, save, queue. An action takes the toolbox and plain values and returns a value.

Law: thin. No business rule is decided here, no HTML is rendered here, and nothing waits for another system: work that
is slow or may fail is a job, written in the transaction of its cause.
"""
