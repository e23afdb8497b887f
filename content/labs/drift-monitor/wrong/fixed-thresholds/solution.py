"""A drift monitor whose alarms come as often as promised when nothing has moved."""

from __future__ import annotations

import copy
import math
from bisect import bisect_right
from typing import Any, Sequence

ALL = "*"  # the slot that holds all rows
NAMED = 5  # as many unseen values as an alert names: a broken feed can invent without limit

Row = dict[str, Any]
Counts = dict[str, list[float]]


class Random:
    """Random numbers in [0, 1) from a seed: mulberry32, the same in every language."""

    def __init__(self, seed: int) -> None:
        self._state = seed & 0xFFFFFFFF

    def next(self) -> float:
        self._state = (self._state + 0x6D2B79F5) & 0xFFFFFFFF
        t = self._state
        t = ((t ^ (t >> 15)) * (1 | t)) & 0xFFFFFFFF
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        return (t ^ (t >> 14)) / 4294967296

    def below(self, count: int) -> int:
        return int(self.next() * count)


def psi(expected: Sequence[float], actual: Sequence[float]) -> float:
    """Population stability index of two lists of counts, half a count added to every bin."""
    total_e = sum(expected) + 0.5 * len(expected)
    total_a = sum(actual) + 0.5 * len(actual)
    result = 0.0
    for e, a in zip(expected, actual):
        share_e, share_a = (e + 0.5) / total_e, (a + 0.5) / total_a
        result += (share_a - share_e) * math.log(share_a / share_e)
    return result


def ks(x: Sequence[float], y: Sequence[float]) -> dict[str, float]:
    """Two-sample Kolmogorov-Smirnov: largest distance and asymptotic p-value."""
    a, b = sorted(x), sorted(y)
    i = j = 0
    d = 0.0
    while i < len(a) and j < len(b):
        value = min(a[i], b[j])
        # Equal values are passed together, or ties would look like distance.
        while i < len(a) and a[i] == value:
            i += 1
        while j < len(b) and b[j] == value:
            j += 1
        d = max(d, abs(i / len(a) - j / len(b)))
    root = math.sqrt(len(a) * len(b) / (len(a) + len(b)))
    return {"d": d, "p": kolmogorov_tail((root + 0.12 + 0.11 / root) * d)}


def kolmogorov_tail(x: float) -> float:
    """P(K > x). The series does not converge near zero, where the answer is 1."""
    if x < 0.2:
        return 1.0
    tail = sum((2 if k % 2 else -2) * math.exp(-2 * k * k * x * x) for k in range(1, 101))
    return min(1.0, max(0.0, tail))


def fit_reference(rows: list[Row], spec: dict) -> dict:
    """Bins by the reference's own quantiles or categories, with counts per slot and over all."""
    binnings = {
        name: to_binning(rows, name, column) for name, column in spec["columns"].items()
    }
    slot = spec.get("slot")
    counts = {ALL: empty_counts(binnings)}
    for row in rows:
        bins = bins_of(row, binnings)
        add_to(counts[ALL], bins)
        if slot is not None:
            add_to(counts.setdefault(str(row[slot]), empty_counts(binnings)), bins)
    return {"slot": slot, "binnings": binnings, "counts": counts}


def to_binning(rows: list[Row], name: str, column: dict) -> dict:
    values = [row[name] for row in rows if row.get(name) is not None]
    if column["kind"] == "category":
        return {"kind": "category", "values": sorted({str(value) for value in values})}
    values.sort()
    edges = [values[len(values) * i // column["bins"]] for i in range(1, column["bins"])]
    return {"kind": "number", "edges": sorted(set(edges))}


def bin_of(value: Any, binning: dict) -> int:
    """Bin 0 is missing; a category's last bin is "never seen"."""
    if value is None:
        return 0
    if binning["kind"] == "number":
        return 1 + bisect_right(binning["edges"], value)
    try:
        return 1 + binning["values"].index(str(value))
    except ValueError:
        return len(binning["values"]) + 1


def bins_of(row: Row, binnings: dict) -> dict[str, int]:
    return {name: bin_of(row.get(name), binning) for name, binning in binnings.items()}


def empty_counts(binnings: dict) -> Counts:
    return {
        name: [0] * (len(it["edges"] if it["kind"] == "number" else it["values"]) + 2)
        for name, it in binnings.items()
    }


def add_to(counts: Counts, bins: dict[str, int]) -> None:
    for name, at in bins.items():
        counts[name][at] += 1


def calibrate(rows: list[Row], spec: dict, options: dict) -> dict[str, float]:
    """Thresholds under which a window without drift raises any alert with chance `alpha`.

    A trial draws a reference and a window from the same rows: both are samples, and
    forgetting that of the reference makes alarms too frequent.
    """
    chance = Random(options["seed"])
    binnings = fit_reference(rows, spec)["binnings"]
    slot = spec.get("slot")
    pools: dict[str, list[dict[str, int]]] = {}
    for row in rows:
        key = ALL if slot is None else str(row[slot])
        pools.setdefault(key, []).append(bins_of(row, binnings))
    slots = list(pools.values())

    def draw(pool: list[dict[str, int]], size: int) -> Counts:
        counts = empty_counts(binnings)
        for _ in range(size):
            add_to(counts, pool[chance.below(len(pool))])
        return counts

    drawn: dict[str, list[float]] = {name: [] for name in binnings}
    for trial in range(options["trials"]):
        pool = slots[trial % len(slots)]
        reference, window = draw(pool, len(pool)), draw(pool, options["window"])
        for name in binnings:
            expected = scaled(reference[name], options["window"])
            drawn[name].append(psi(expected, window[name]))
    return {name: 0.2 for name in drawn}


def joint_thresholds(drawn: dict[str, list[float]], alpha: float) -> dict[str, float]:
    """One tail for all columns, passed by a share `alpha` of the trials in at least one."""
    ascending = {name: sorted(values) for name, values in drawn.items()}
    trials = len(next(iter(drawn.values())))
    places = sorted(
        min(place_of(ascending[name], values[trial]) for name, values in drawn.items())
        for trial in range(trials)
    )
    place = places[max(0, math.ceil(alpha * trials) - 1)]
    return {name: values[trials - place] for name, values in ascending.items()}


def place_of(ascending: list[float], value: float) -> int:
    """How many of the values are at least `value`."""
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) // 2
        if ascending[middle] < value:
            low = middle + 1
        else:
            high = middle
    return len(ascending) - low


def scaled(counts: list[float], total: float) -> list[float]:
    factor = total / max(1, sum(counts))
    return [one * factor for one in counts]


class Monitor:
    """Compares windows of rows with a reference. It keeps counts, never rows."""

    def __init__(self, reference: dict, options: dict, state: dict | None = None) -> None:
        self._reference = reference
        self._window: int = options["window"]
        self._thresholds: dict[str, float] = options["thresholds"]
        self._state = copy.deepcopy(state) or {
            "windows": 0,
            "alerts": [],
            **self._empty_window(),
        }

    def add(self, rows: list[Row]) -> None:
        binnings, slot = self._reference["binnings"], self._reference["slot"]
        for row in rows:
            held = self._state
            bins = bins_of(row, binnings)
            add_to(held["counts"], bins)
            key = ALL if slot is None else str(row[slot])
            known = key if key in self._reference["counts"] else ALL
            held["slots"][known] = held["slots"].get(known, 0) + 1
            for name, binning in binnings.items():
                if binning["kind"] == "category" and bins[name] == len(binning["values"]) + 1:
                    self._note_unseen(name, str(row[name]))
            held["rows"] += 1
            if held["rows"] == self._window:
                self._close()

    def check(self) -> list[dict]:
        """What was found since the last call."""
        alerts, self._state["alerts"] = self._state["alerts"], []
        return alerts

    def state(self) -> dict:
        """Everything a new monitor needs to go on from here."""
        return copy.deepcopy(self._state)

    def _empty_window(self) -> dict:
        counts = empty_counts(self._reference["binnings"])
        return {"rows": 0, "slots": {}, "counts": counts, "unseen": {}}

    def _note_unseen(self, name: str, value: str) -> None:
        values = self._state["unseen"].setdefault(name, [])
        if len(values) < NAMED and value not in values:
            values.append(value)

    def _close(self) -> None:
        held = self._state
        for name, binning in self._reference["binnings"].items():
            actual = held["counts"][name]
            about = {"window": held["windows"], "column": name}
            if name in held["unseen"]:
                values, share = held["unseen"][name], actual[-1] / held["rows"]
                held["alerts"].append(
                    {**about, "kind": "unseen", "values": values, "share": share}
                )
            expected = self._expected_counts(name)
            found, threshold = psi(expected, actual), self._thresholds.get(name)
            if threshold is not None and found >= threshold:
                is_number = binning["kind"] == "number"
                held["alerts"].append(
                    {
                        **about,
                        "kind": "shift",
                        "psi": found,
                        "threshold": threshold,
                        "direction": direction_of(expected, actual) if is_number else None,
                    }
                )
        held.update(self._empty_window(), windows=held["windows"] + 1)

    def _expected_counts(self, name: str) -> list[float]:
        """The reference as it would look with this window's mix of slots."""
        parts = [
            scaled(self._reference["counts"][slot][name], rows)
            for slot, rows in self._state["slots"].items()
        ]
        return [sum(column) for column in zip(*parts)]


def direction_of(expected: list[float], actual: list[float]) -> str:
    """Whether the mean bin rose; missing values have no place in it."""

    def centre(counts: list[float]) -> float:
        present = counts[1:]
        return sum(at * one for at, one in enumerate(present)) / max(1, sum(present))

    return "up" if centre(actual) >= centre(expected) else "down"


def triage(alerts: list[dict]) -> list[dict]:
    """One note a column, what needs an act first, then by how far the threshold was passed."""
    columns: dict[str, list[dict]] = {}
    for alert in alerts:
        columns.setdefault(alert["column"], []).append(alert)
    notes = [(excess_of(found), to_note(column, found)) for column, found in columns.items()]
    notes.sort(key=lambda pair: (pair[1]["severity"] != "act", -pair[0], pair[1]["column"]))
    return [note for _, note in notes]


def excess_of(alerts: list[dict]) -> float:
    shifts = (alert for alert in alerts if alert["kind"] == "shift")
    return max((alert["psi"] / alert["threshold"] for alert in shifts), default=0.0)


def to_note(column: str, alerts: list[dict]) -> dict:
    excess = excess_of(alerts)
    unseen = sorted(
        {v for alert in alerts if alert["kind"] == "unseen" for v in alert["values"]}
    )
    shifts = [alert for alert in alerts if alert["kind"] == "shift"]
    directions = sorted({alert["direction"] or "in its mix" for alert in shifts})
    parts = []
    if unseen:
        parts.append(f"has values never seen before ({', '.join(unseen)}): check the producer")
    if shifts:
        parts.append(
            f"moved {' and '.join(directions)} in {len(shifts)} windows, "
            f"at most {excess:.1f} times the threshold"
        )
    return {
        "column": column,
        "severity": "act" if unseen or excess >= 2 else "watch",
        "text": f"{column} {'; '.join(parts)}.",
    }
