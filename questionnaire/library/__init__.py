"""The hands that read: authored files and bundled lists come in here, as values of the core.

Law: reads files, never writes them; knows nothing of the database, of documents or of mail.
"""
