"""Pages for marketers: sharing a survey and creating personal links."""
