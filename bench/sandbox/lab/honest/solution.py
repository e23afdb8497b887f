"""Totals, routes and a depot: about sixty lines, as a learner would write them."""

import heapq


def totals(parcels):
    """Weight by town."""
    sums = {}
    for parcel in parcels:
        town = parcel["town"]
        sums[town] = sums.get(town, 0) + parcel["kg"]
    return sums


def route(roads, start, goal):
    """The shortest way from start to goal, by Dijkstra's algorithm."""
    queue = [(0, [start])]
    done = set()
    while queue:
        km, towns = heapq.heappop(queue)
        here = towns[-1]
        if here == goal:
            return {"towns": towns, "km": km}
        if here in done:
            continue
        done.add(here)
        for town, distance in roads.get(here, {}).items():
            if town not in done:
                heapq.heappush(queue, (km + distance, [*towns, town]))
    return None


class Depot:
    """Holds parcels up to a capacity."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.held = {}

    def _used(self):
        return sum(self.held.values())

    def receive(self, name, count):
        if count <= 0:
            raise ValueError("nothing to receive")
        if self._used() + count > self.capacity:
            raise ValueError("the depot is full")
        self.held[name] = self.held.get(name, 0) + count

    def ship(self, name, count):
        left = self.held.get(name, 0) - count
        if left < 0:
            raise ValueError("not enough to ship")
        if left == 0:
            del self.held[name]
        else:
            self.held[name] = left

    def stock(self):
        return dict(sorted(self.held.items()))
