"""When something that failed is tried again, and when messages are gathered into a digest."""
