"""Surveys on other sites: frames, the embed script, oEmbed and the code to paste."""
