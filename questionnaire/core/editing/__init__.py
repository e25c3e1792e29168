"""Small edits of authored documents: plain mappings and lists, as their YAML has them.

Law: a document is never changed in place, an edit knows how to be undone, and what two people did at the same time is
kept or reported as a conflict. What a document means (whether it can be read, whether it is right) is not known here.
"""
