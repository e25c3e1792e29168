"""View values of documents: the report of a prospect, the dossier of a rep, the benchmark, the assessment JSON."""
