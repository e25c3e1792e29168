"""Import of XLSForm spreadsheets (https://xlsform.org), with columns of ours for what answers mean (docs/importing.md).

Law: `form` reads the sheet of questions, `columns` knows headers and languages, `meaning` our own columns and sheets. A
place is a sheet and the number of its row: `survey!12`.
"""
