"""Figures for a meeting about money."""

from __future__ import annotations

import math
from typing import Any


def metrics(labels: list[int], scores: list[float], threshold: float, costs: dict[str, float]) -> dict[str, Any]:
    """What calling from `threshold` on does to these orders. A share of nothing is None: it is not zero."""
    calls = [score >= threshold for score in scores]
    hits = sum(1 for call, label in zip(calls, labels) if call and label)
    late, called = sum(labels), sum(calls)
    quiet = sum(1 for call, label in zip(calls, labels) if not call and not label)
    precision, recall = _share(hits, called), _share(hits, late)
    return {
        "n": len(labels),
        "prevalence": _share(late, len(labels)),
        "accuracy": _share(hits + quiet, len(labels)),
        "precision": precision,
        "recall": recall,
        "f2": _share(5 * hits, 4 * late + called),
        "auc": _auc(labels, scores),
        "log_loss": _log_loss(labels, scores),
        "ece": _calibration_error(labels, scores),
        "cost": costs["cost_call"] * called + costs["cost_miss"] * (late - costs["saved"] * hits),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _auc(labels: list[int], scores: list[float]) -> float | None:
    """The chance that a late order scores above one in time, ties counted half, from the sum of ranks."""
    late = sum(labels)
    pairs = late * (len(labels) - late)
    if pairs == 0:
        return None
    ordered = sorted(zip(scores, labels))
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        # All of a tie have the mean of their ranks, at + 1 to end.
        ranks += (at + 1 + end) / 2 * sum(label for _, label in ordered[at:end])
        at = end
    return (ranks - late * (late + 1) / 2) / pairs


def _log_loss(labels: list[int], scores: list[float]) -> float | None:
    if not labels:
        return None
    clipped = [min(max(score, 1e-15), 1 - 1e-15) for score in scores]
    return -sum(math.log(score if label else 1 - score) for label, score in zip(labels, clipped)) / len(labels)


def _calibration_error(labels: list[int], scores: list[float]) -> float | None:
    """Ten bins of equal width: how far the mean score is from the share that was late, weighted by the bin."""
    if not labels:
        return None
    bins: list[list[tuple[float, int]]] = [[] for _ in range(10)]
    for label, score in zip(labels, scores):
        bins[min(9, int(score * 10))].append((score, label))
    return sum(abs(sum(score - label for score, label in held)) for held in bins) / len(labels)
