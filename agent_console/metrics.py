"""What operators can measure of the console; labels never name a person or a contact."""

from prometheus_client import Counter, Gauge, Histogram

SOCKETS = Gauge("console_sockets", "Open console sockets.", ["topic"])
PACKETS = Counter("console_feed_packets_total", "Feed packets written to sockets.")
CHARACTERS = Counter("console_feed_characters_total", "Characters of feed packets written.")
RESYNCS = Counter("console_feed_resyncs_total", "Viewers given a new snapshot.", ["cause"])
COMMANDS = Counter("console_commands_total", "Commands of pages.", ["command", "outcome"])
COMMAND_SECONDS = Histogram("console_command_seconds", "Time from command to answer.", ["command"])
SNAPSHOT_SECONDS = Histogram("console_snapshot_seconds", "Time to build a snapshot.", ["topic"])


class Written:
    """What was written since the last look: a counter's lock on every packet is too dear."""

    packets = 0
    characters = 0

    def publish(self) -> None:
        """Add it to the counters."""
        PACKETS.inc(self.packets)
        CHARACTERS.inc(self.characters)
        self.packets = self.characters = 0


written = Written()
