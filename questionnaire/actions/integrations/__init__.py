"""What administrators do with the ways out besides email: endpoints of webhooks, and Slack.

Law: secrets go in and never out. The one exception is a secret that was just made, which is returned once.
"""
