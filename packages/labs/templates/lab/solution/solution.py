"""Events in a sliding window, and the busiest span of many."""

from collections import deque


class Window:
    """Counts events younger than a width. Each event is stored once and dropped once."""

    def __init__(self, widthMs):
        self.width = widthMs
        self.times = deque()

    def hit(self, now):
        self.times.append(now)

    def count(self, now):
        while self.times and now - self.times[0] >= self.width:
            self.times.popleft()
        return len(self.times)


def busiest(times, widthMs):
    """The span [start, start + width) with most events, the earliest of equals."""
    ordered = sorted(times)
    best = None
    end = 0
    for begin, start in enumerate(ordered):
        while end < len(ordered) and ordered[end] < start + widthMs:
            end += 1
        if best is None or end - begin > best["count"]:
            best = {"start": start, "count": end - begin}
    return best
