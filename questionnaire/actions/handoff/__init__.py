"""Assigning leads to reps, notifying them, and listing leads at the desk."""
