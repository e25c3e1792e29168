"""Published versions of surveys and policies, and their images."""
