"""Leads, their events, the projection of the events, and the owners of leads."""
