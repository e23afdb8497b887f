from __future__ import annotations

from typing import Sequence


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


def score(cases: list[dict], outputs: dict[str, str | None]) -> list[dict]:
    return []


def report(results: list[dict]) -> dict:
    overall = {"slice": "all", "n": 0, "mean": 0, "low": 0, "high": 0, "missing": 0}
    return {"overall": overall, "slices": []}


def bootstrap(values: Sequence[float], options: dict) -> list[float]:
    return [0, 0]


def compare(a: list[dict], b: list[dict], options: dict) -> dict:
    counts = {"n": 0, "diff": 0, "low": 0, "high": 0, "wins": 0, "losses": 0}
    return {**counts, "p": 1, "verdict": "inconclusive"}


def kappa(a: Sequence[str], b: Sequence[str]) -> float:
    return 0


def calibrate(items: list[dict]) -> dict:
    return {"kappa": 0, "flipRate": 0, "positionBias": 0, "lengthBias": 0, "flags": []}


def correct_rate(flagged: float, sensitivity: float, specificity: float) -> float | None:
    return flagged


def gate(candidate: list[dict], baselines: dict[str, list[dict]], policy: dict) -> dict:
    return {"pass": False, "reasons": [], "small": []}
