"""Jobs, the outbox, circuit breakers, digests, rate counts and worker heartbeats."""
