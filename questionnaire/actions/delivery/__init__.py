"""Sending notifications: the outbox, caps, digests and failed jobs."""
