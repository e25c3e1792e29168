"""Who gets a lead and by when: routing, business time and the deadline of the first response."""
