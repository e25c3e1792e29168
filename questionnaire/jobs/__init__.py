"""Background jobs: the worker process and the job types.

Law: a job type names an action; what the action does is in actions/. Jobs are rows (storage/delivery/job_queue.py),
written in the transaction that causes them. A worker claims due jobs, runs each in a thread of its queue, and is woken
when a job is committed. A job runs at least once: every external effect has a key that makes a second run harmless.
"""
