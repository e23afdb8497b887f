from __future__ import annotations

from typing import Any, Sequence

Row = dict[str, Any]


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
    return 0.0


def ks(x: Sequence[float], y: Sequence[float]) -> dict[str, float]:
    return {"d": 0.0, "p": 1.0}


def fit_reference(rows: list[Row], spec: dict) -> dict:
    return {}


def calibrate(rows: list[Row], spec: dict, options: dict) -> dict[str, float]:
    return {name: 0.2 for name in spec["columns"]}


class Monitor:
    def __init__(self, reference: dict, options: dict, state: dict | None = None) -> None:
        pass

    def add(self, rows: list[Row]) -> None:
        pass

    def check(self) -> list[dict]:
        return []

    def state(self) -> dict:
        return {}


def triage(alerts: list[dict]) -> list[dict]:
    return []
