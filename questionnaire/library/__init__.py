"""Loading of authored files and bundled lists, as values of core.

Law: reads files and never writes them; does not know the database, documents or mail.
"""
