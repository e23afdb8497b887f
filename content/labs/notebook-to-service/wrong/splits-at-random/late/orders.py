"""One order, whatever it came from: the only place that knows how the warehouse and the shop write things."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, TypedDict

MINUTE_MS = 60_000


class Order(TypedDict):
    """What is known when an order is placed. Nothing that happens later is in here, so nothing later can leak."""

    placed_ms: int
    offset_min: int
    promised_ms: int
    distance_km: float | None
    items: int
    weight_kg: float | None
    carrier: str


class Invalid(ValueError):
    """A payload that breaks the contract, with every field that does."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in sorted(fields.items())))
        self.fields = fields


def from_row(row: dict[str, Any]) -> Order:
    """An order from the warehouse's export."""
    distance_m, weight_g = row["distance_m"], row["weight_g"]
    return {
        "placed_ms": row["placed_ms"],
        "offset_min": row["offset_min"],
        "promised_ms": row["promised_ms"],
        "distance_km": None if distance_m is None else distance_m / 1000,
        "items": row["items"],
        "weight_kg": None if weight_g is None else weight_g / 1000,
        "carrier": _carrier(row["carrier"]),
    }


def from_payload(payload: dict[str, Any], version: int) -> Order:
    """An order from what a shop sends; raises `Invalid`. Fields that are not known are left alone: clients are ahead of us."""
    problems: dict[str, str] = {}
    placed = _time(payload, "placed_at", problems)
    promised = _time(payload, "promised_at", problems)
    if placed and promised and promised <= placed:
        problems["promised_at"] = "must be after placed_at"
    unit = "distance_km" if version == 1 else "distance_m"
    distance = _number(payload, unit, problems)
    weight = _number(payload, "weight_kg", problems)
    items = payload.get("items")
    if items is None:
        problems["items"] = "is required"
    elif isinstance(items, bool) or not isinstance(items, int) or items < 1:
        problems["items"] = "must be a whole number, at least 1"
    carrier = payload.get("carrier")
    if carrier is None:
        problems["carrier"] = "is required"
    elif not isinstance(carrier, str):
        problems["carrier"] = "must be text"
    if problems or placed is None or promised is None or not isinstance(items, int):
        raise Invalid(problems)
    offset = placed.utcoffset()
    return {
        "placed_ms": _milliseconds(placed),
        "offset_min": 0 if offset is None else round(offset.total_seconds() / 60),
        "promised_ms": _milliseconds(promised),
        "distance_km": distance if version == 1 or distance is None else distance / 1000,
        "items": items,
        "weight_kg": weight,
        "carrier": _carrier(str(carrier)),
    }


def _carrier(name: str) -> str:
    return name.strip().lower()


def _milliseconds(time: datetime) -> int:
    return round(time.timestamp() * 1000)


def _time(payload: dict[str, Any], name: str, problems: dict[str, str]) -> datetime | None:
    value = payload.get(name)
    if value is None:
        problems[name] = "is required"
        return None
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        problems[name] = "must be a time such as 2026-03-01T10:15:00+02:00"
        return None
    if time.tzinfo is None:
        problems[name] = "must say its offset"
        return None
    return time


def _number(payload: dict[str, Any], name: str, problems: dict[str, str]) -> float | None:
    """A number that may be missing, but not be wrong. `True` is no number, whatever Python says."""
    value = payload.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
        problems[name] = "must be a number, at least 0"
        return None
    return float(value)
