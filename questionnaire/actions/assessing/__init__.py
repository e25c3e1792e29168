"""What is known of a lead from what is stored, and the links that lead back to it."""
