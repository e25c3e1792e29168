"""Drafts: opened, edited by several people at a time, undone and redone step by step.

Law: one transaction per change, on top of what others changed meanwhile. Reading a draft or its history writes nothing.
"""
