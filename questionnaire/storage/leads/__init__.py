"""Leads, their events, the projection of these, and who owns a lead."""
