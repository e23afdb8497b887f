class Window:
    def __init__(self, widthMs):
        self.width = widthMs

    def hit(self, now):
        """Records an event."""

    def count(self, now):
        """How many events are younger than the width."""
        raise NotImplementedError


def busiest(times, widthMs):
    """The span with most events: {"start": ..., "count": ...}, or None without times."""
    raise NotImplementedError
