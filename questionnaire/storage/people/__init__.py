"""Staff accounts, their sessions, and the settings an installation stores about itself."""
