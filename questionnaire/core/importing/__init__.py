"""Import of surveys from other products: from a parsed tree to our authored document and a list of notes.

Law: pure. What a source says is read through SourceItem, which remembers what was read: whatever nothing asked for ends
in the notes. A document that leaves this folder can be read by `core.survey`. Parsing bytes is library/imports' part.
"""
