"""The law of this folder: it writes messages and carries them, and knows neither the database nor the clock.

compose.py turns plain values into a Mail, message.py a Mail into the bytes that go over the wire, channels/ carry
them. A channel is a room of its own: it does not know the others, and its answer says whether to try again.
"""
