"""Jobs, the outbox, circuit breakers, and the heartbeats of workers."""
