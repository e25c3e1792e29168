"""Text, dates, quantities, problems, conditions, translation, stages and labels: what every other area uses."""
