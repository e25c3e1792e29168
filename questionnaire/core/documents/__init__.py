"""What prospect and rep receive, as plain values that a template can set: report, dossier, benchmark, JSON."""
