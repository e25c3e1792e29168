"""From evidence to the verdict: levels, signals, the scorecard, the checklist and the assessment that holds them."""
