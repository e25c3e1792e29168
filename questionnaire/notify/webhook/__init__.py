"""The law of this folder: webhooks by the Standard Webhooks specification. webhook_channel.py signs and sends,
body.py writes what is sent.
"""
