"""Reports and dossiers, as view values for pages and as stored PDFs."""
