"""Features as they were known at the moment of each label.

Times are whole milliseconds. An event counts for a label if it lies strictly before it:
what happens at the same millisecond may be the outcome itself.
"""

from __future__ import annotations

from typing import Any, Iterable


def as_of_join(labels: list[dict], events: list[dict], options: dict) -> list[dict]:
    """One row per label, in their order, with the newest known value of every feature.

    A cell is None if nothing is known, if the newest event is older than `ttlMs`, or if
    its value is None: an older value is never used instead.
    """
    ttl: int = options["ttlMs"]
    use_arrival: bool = options["useArrival"]

    def visible_from(event: dict) -> int:
        if use_arrival:
            return max(event["eventTs"], event["arrivalTs"])
        return event["eventTs"]

    names = sorted({event["feature"] for event in events})
    # Sorting is stable: among events that become visible together, the log's order stays.
    by_visibility = sorted(events, key=visible_from)
    latest: dict[tuple[str, str], dict] = {}
    rows: list[dict] = [{}] * len(labels)
    at = 0
    for index in sorted(range(len(labels)), key=lambda i: labels[i]["ts"]):
        label = labels[index]
        while at < len(by_visibility) and visible_from(by_visibility[at]) < label["ts"]:
            keep_newest(latest, by_visibility[at])
            at += 1
        cells = {
            name: cell_of(latest.get((label["entity"], name)), label["ts"], ttl)
            for name in names
        }
        rows[index] = {"entity": label["entity"], "ts": label["ts"], "features": cells}
    return rows


def keep_newest(latest: dict[tuple[str, str], dict], event: dict) -> None:
    """A late arrival is visible late, but it does not replace what happened after it."""
    key = (event["entity"], event["feature"])
    held = latest.get(key)
    if held is None or event is not held:
        latest[key] = event


def age_order(event: dict) -> tuple[int, int]:
    return (event["eventTs"], event["arrivalTs"])


def cell_of(event: dict | None, now: int, ttl: int) -> dict | None:
    if event is None or event["value"] is None or now - event["eventTs"] > ttl:
        return None
    return {key: event[key] for key in ("value", "eventTs", "arrivalTs")}


def leakage_report(rows: list[dict]) -> list[dict]:
    """Per feature the share of filled cells that nobody could have known at the label."""
    filled: dict[str, int] = {}
    future: dict[str, int] = {}
    for row in rows:
        for name, cell in row["features"].items():
            filled.setdefault(name, 0)
            future.setdefault(name, 0)
            if cell is None:
                continue
            filled[name] += 1
            future[name] += max(cell["eventTs"], cell["arrivalTs"]) >= row["ts"]
    report = [
        {"feature": name, "futureShare": future[name] / filled[name] if filled[name] else 0}
        for name in filled
    ]
    return sorted(report, key=lambda line: (-line["futureShare"], line["feature"]))


def group_time_split(rows: list[dict], cut: int, gap_ms: int) -> dict[str, list[dict]]:
    """Training rows end `gap_ms` before the cut; validation rows are of entities unseen there."""
    train = [row for row in rows if row["ts"] < cut - gap_ms]
    seen = entities_of(train)
    valid = [row for row in rows if row["ts"] >= cut and row["entity"] not in seen]
    return {"train": train, "valid": valid}


def entities_of(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {row["entity"] for row in rows}
