"""The law of this folder: it writes notifications and carries them, and knows neither the database nor the clock.

    Notification (compose.py) -> registry.render() -> ChannelMessage, stored by the caller -> Channel.send() -> result

compose.py says what each kind of notification holds, as values that belong to no channel. A channel is one file or
folder of its own: it renders a notification into its payload, sends it, and shows it in the outbox. Channels do not
know each other. CONTRIBUTING.md says what a new one takes.
"""
