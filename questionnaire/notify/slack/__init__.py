"""The law of this folder: Slack, by incoming webhooks. message_texts.py says what a message says, blocks.py how Slack
wants it written, slack_channel.py sends it. A message leads to a page; nothing is decided in Slack.
"""
