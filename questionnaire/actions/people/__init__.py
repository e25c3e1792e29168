"""Accounts, passwords and signing in."""
