"""Publishing surveys and policies, and listing what is published."""
