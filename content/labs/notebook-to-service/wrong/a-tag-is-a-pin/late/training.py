"""What is learned from past orders, and how an order becomes numbers: once, for training and for serving."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from statistics import median
from typing import Any

from late.orders import Order, from_row

Artifact = dict[str, Any]
DAY_MIN = 1440
FIXED = ["distance", "distance_missing", "hour_cos", "hour_sin", "items", "slack_h", "weekend", "weight", "weight_missing"]


def split(rows: list[dict[str, Any]], cutoff_ms: int) -> dict[str, list[str]]:
    """Ids by time. Training has only what was known at the cutoff: a parcel still on its way has no outcome yet."""
    ordered = sorted(rows, key=lambda row: (row["placed_ms"], row["id"]))
    known = lambda row: row["delivered_ms"] is not None and row["delivered_ms"] < cutoff_ms  # noqa: E731
    return {
        "train": [row["id"] for row in ordered if row["placed_ms"] < cutoff_ms and known(row)],
        "test": [row["id"] for row in ordered if row["placed_ms"] >= cutoff_ms and row["delivered_ms"] is not None],
    }


def train(rows: list[dict[str, Any]], config: dict[str, Any]) -> Artifact:
    """Fits on the older three quarters of what is known at the cutoff and sets the threshold on the rest."""
    by_id = {row["id"]: row for row in rows}
    ids = split(rows, config["cutoff_ms"])["train"]
    parts = len(ids) * 3 // 4
    fit, held = ([by_id[id] for id in part] for part in (ids[:parts], ids[parts:]))
    artifact: Artifact = {"version": 1, "prep": prepare([from_row(row) for row in fit], config["min_carrier"])}
    inputs = [encode(artifact, from_row(row)) for row in fit]
    artifact["bias"], artifact["weights"] = minimise(inputs, [is_late(row) for row in fit], config["l2"])
    scores = [score(artifact, from_row(row)) for row in held]
    artifact["threshold"] = choose_threshold(scores, [is_late(row) for row in held], config)
    artifact["trained_on"] = len(fit)
    artifact["sha256"] = digest(artifact)
    return artifact


def digest(artifact: Artifact) -> str:
    """SHA-256 of everything else in the artefact, in one spelling."""
    content = {key: value for key, value in artifact.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_late(row: dict[str, Any]) -> int:
    return int(row["delivered_ms"] > row["promised_ms"])


def prepare(orders: list[Order], min_carrier: int) -> dict[str, Any]:
    """What encoding needs to know, from the rows that are fitted and no others."""
    counts = Counter(order["carrier"] for order in orders)
    prep: dict[str, Any] = {
        "distance_km": _median(order["distance_km"] for order in orders),
        "weight_kg": _median(order["weight_kg"] for order in orders),
        "carriers": sorted(name for name, count in counts.items() if count >= min_carrier),
    }
    prep["names"] = FIXED + [f"carrier={name}" for name in prep["carriers"]]
    table = [_raw(prep, order) for order in orders]
    prep["mean"] = [math.fsum(row[name] for row in table) / len(table) for name in prep["names"]]
    prep["scale"] = [
        math.sqrt(math.fsum((row[name] - mean) ** 2 for row in table) / len(table)) or 1.0
        for name, mean in zip(prep["names"], prep["mean"])
    ]
    return prep


def encode(artifact: Artifact, order: Order) -> list[float]:
    """The numbers of an order, standardised, in the order of `prep["names"]`."""
    prep = artifact["prep"]
    raw = _raw(prep, order)
    return [(raw[name] - mean) / scale for name, mean, scale in zip(prep["names"], prep["mean"], prep["scale"])]


def score(artifact: Artifact, order: Order) -> float:
    """The predicted chance that an order will be late."""
    return _logistic(artifact["bias"] + _dot(artifact["weights"], encode(artifact, order)))


def minimise(inputs: list[list[float]], labels: list[int], l2: float) -> tuple[float, list[float]]:
    """Bias and weights with the least mean log loss + l2/2 · |weights|², by Newton's method with halved steps."""
    table = [[1.0, *row] for row in inputs]
    size, count = len(table[0]), len(table)
    beta = [0.0] * size
    loss = _loss(table, labels, l2, beta)
    for _ in range(50):
        gradient = [0.0] + [l2 * weight for weight in beta[1:]]
        hessian = [[l2 if i == j and i > 0 else 0.0 for j in range(size)] for i in range(size)]
        for row, label in zip(table, labels):
            chance = _logistic(_dot(beta, row))
            error, curve = (chance - label) / count, chance * (1 - chance) / count
            for i, value in enumerate(row):
                gradient[i] += error * value
                weighted = curve * value
                line = hessian[i]
                for j in range(i + 1):
                    line[j] += weighted * row[j]
        step = _solve(hessian, gradient)
        size_of_step = 1.0
        while True:
            tried = [value - size_of_step * change for value, change in zip(beta, step)]
            found = _loss(table, labels, l2, tried)
            if found <= loss or size_of_step < 1e-6:
                break
            size_of_step /= 2
        beta, loss = tried, found
        if max(abs(change) for change in step) < 1e-9:
            break
    return beta[0], beta[1:]


def choose_threshold(scores: list[float], labels: list[int], config: dict[str, Any]) -> float:
    """The score from which calling is cheapest, with no more calls than people can make; the highest of equals."""
    ordered = sorted(zip(scores, labels), reverse=True)
    most = math.floor(config["max_calls"] * len(ordered))
    cost = config["cost_miss"] * sum(labels)
    best, threshold = cost, math.nextafter(ordered[0][0], math.inf) if ordered else 1.0
    for at, (value, label) in enumerate(ordered[:most]):
        cost += config["cost_call"] - (config["cost_miss"] * config["saved"] if label else 0)
        tied = at + 1 < len(ordered) and ordered[at + 1][0] == value
        if not tied and cost < best - 1e-9:
            best, threshold = cost, value
    return threshold


def _raw(prep: dict[str, Any], order: Order) -> dict[str, float]:
    distance, weight = order["distance_km"], order["weight_kg"]
    local_min = order["placed_ms"] / 60_000 + order["offset_min"]
    angle = 2 * math.pi * (local_min % DAY_MIN) / DAY_MIN
    # 1 January 1970 was a Thursday.
    weekday = (math.floor(local_min / DAY_MIN) + 3) % 7
    values = {
        "distance": math.log1p(prep["distance_km"] if distance is None else distance),
        "distance_missing": float(distance is None),
        "hour_cos": math.cos(angle),
        "hour_sin": math.sin(angle),
        "items": math.log1p(order["items"]),
        "slack_h": (order["promised_ms"] - order["placed_ms"]) / 3_600_000,
        "weekend": float(weekday >= 5),
        "weight": prep["weight_kg"] if weight is None else weight,
        "weight_missing": float(weight is None),
    }
    return values | {f"carrier={name}": float(order["carrier"] == name) for name in prep["carriers"]}


def _median(values: Any) -> float:
    known = [value for value in values if value is not None]
    return float(median(known)) if known else 0.0


def _dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other))


def _logistic(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))


def _loss(table: list[list[float]], labels: list[int], l2: float, beta: list[float]) -> float:
    total = 0.0
    for row, label in zip(table, labels):
        value = _dot(beta, row)
        total += max(value, 0) + math.log1p(math.exp(-abs(value))) - label * value
    return total / len(table) + l2 / 2 * sum(weight * weight for weight in beta[1:])


def _solve(lower: list[list[float]], right: list[float]) -> list[float]:
    """Solves a symmetric positive system, of which the lower half is given, by Cholesky."""
    size = len(right)
    root = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = lower[i][j] - sum(root[i][k] * root[j][k] for k in range(j))
            # What is constant in every row leaves nothing to divide by.
            root[i][j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / root[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(root[i][k] * half[k] for k in range(i))) / root[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum(root[k][i] * found[k] for k in range(i + 1, size))) / root[i][i]
    return found
