"""Rules of delivery: retries, circuit breakers and digests."""
