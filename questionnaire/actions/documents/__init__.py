"""Reports and dossiers: as values for pages, and as stored PDFs."""
