"""The verbs: load, decide in core, save, queue. A verb takes the toolbox and plain values and gives a view or a value.

Law: thin. No rule of the field is decided here, no HTML is written here, and nothing waits for the outside world: what
takes long or may fail is a job, written in the transaction of its cause.
"""
