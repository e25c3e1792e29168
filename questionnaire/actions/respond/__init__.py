"""From what a prospect posts to an accepted and judged response."""
