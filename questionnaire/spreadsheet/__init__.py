"""Sheets that people download, as .xlsx and .csv.

Law: every cell is a text, and stays one: what a spreadsheet program would take for a formula is escaped.
"""
