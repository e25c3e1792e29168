"""The sales desk: leads, sent mail and failed jobs."""
