"""The law of this room: time asks, verbs answer. A job says which verb; what the verb does lies in actions/.

Jobs are rows (storage/delivery/job_queue.py), written with what caused them. A worker claims what is due, does it in a thread of the
job's lane, and is told when there is more. A job is done at least once: every effect outside has a name that makes a
second one harmless.
"""
