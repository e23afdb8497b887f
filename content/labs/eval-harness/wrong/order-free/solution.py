"""An evaluation harness that says how sure it is."""

from __future__ import annotations

import math
import re
from typing import Iterable, Sequence


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
    """Grades every case. What has no output has failed."""
    results = []
    for case in cases:
        output = normalised(outputs.get(case["id"]) or "")
        results.append(
            {
                **{key: case[key] for key in ("id", "slices", "critical")},
                "score": grade(case["grader"], output) if output else 0,
                "missing": not output,
            }
        )
    return results


def normalised(text: str) -> str:
    return " ".join(text.lower().split())


def grade(grader: dict, output: str) -> float:
    if grader["kind"] == "exact":
        return int(any(normalised(answer) == output for answer in grader["answers"]))
    if grader["kind"] == "number":
        found = re.search(r"-?[0-9]+(?:\.[0-9]+)?", output)
        return int(
            found is not None and abs(float(found[0]) - grader["answer"]) <= grader["tolerance"]
        )

    def has_any(phrases: list[str]) -> bool:
        return any(normalised(phrase) in output for phrase in phrases)

    if has_any(grader["forbidden"]):
        return 0
    won = sum(point["weight"] for point in grader["points"] if has_any(point["any"]))
    return won / sum(point["weight"] for point in grader["points"])


def report(results: list[dict]) -> dict:
    """Overall and per slice, worst slice first. Intervals are Wilson's, at 95%."""
    rows = [
        to_row(slice, [result for result in results if slice in result["slices"]])
        for slice in slices_of(results)
    ]
    rows.sort(key=lambda row: (row["mean"], row["slice"]))
    return {"overall": to_row("all", results), "slices": rows}


def slices_of(results: list[dict]) -> list[str]:
    return sorted({slice for result in results for slice in result["slices"]})


def to_row(slice: str, results: list[dict]) -> dict:
    n = len(results)
    p = mean([result["score"] for result in results])
    z2 = 1.96 * 1.96
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = 1.96 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return {
        "slice": slice,
        "n": n,
        "mean": p,
        "low": centre - half,
        "high": centre + half,
        "missing": sum(result["missing"] for result in results),
    }


def bootstrap(values: Sequence[float], options: dict) -> list[float]:
    """The percentile interval of a mean: means of resampled values, cut at both ends."""
    chance = Random(options["seed"])
    alpha, resamples, n = options["alpha"], options["resamples"], len(values)
    means = []
    for _ in range(resamples):
        total = 0.0
        for _ in range(n):
            total += values[chance.below(n)]
        means.append(total / n)
    means.sort()
    return [
        means[math.floor(alpha / 2 * resamples)],
        means[math.ceil((1 - alpha / 2) * resamples) - 1],
    ]


def compare(a: list[dict], b: list[dict], options: dict) -> dict:
    """Is b better than a, no worse by more than the margin, or can nobody tell?"""
    diffs = differences(a, b)
    low, high = bootstrap(diffs, options)
    wins, losses = sum(diff > 0 for diff in diffs), sum(diff < 0 for diff in diffs)
    return {
        "n": len(diffs),
        "diff": mean(diffs),
        "low": low,
        "high": high,
        "wins": wins,
        "losses": losses,
        "p": sign_test(wins, losses),
        "verdict": verdict_of(low, high, options["margin"]),
    }


def differences(a: list[dict], b: list[dict]) -> list[float]:
    """One difference per case of a. A case that b does not have is a failure of b."""
    scores = {result["id"]: result["score"] for result in b}
    return [scores.get(result["id"], 0) - result["score"] for result in a]


def verdict_of(low: float, high: float, margin: float) -> str:
    if low > 0:
        return "better"
    if low > -margin:
        return "non-inferior"
    return "inferior" if high < -margin else "inconclusive"


def sign_test(wins: int, losses: int) -> float:
    """Two-sided; McNemar's exact test where scores are 0 or 1. Ties say nothing."""
    count = wins + losses
    tail = sum(math.comb(count, k) for k in range(min(wins, losses) + 1))
    return min(1.0, 2 * tail / 2**count)


def kappa(a: Sequence[str], b: Sequence[str]) -> float:
    """Agreement beyond chance of two raters (Cohen)."""
    n = len(a)
    observed = sum(x == y for x, y in zip(a, b)) / n
    expected = sum(a.count(label) / n * (b.count(label) / n) for label in sorted(set(a)))
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def calibrate(items: list[dict]) -> dict:
    """How far a judge can be believed, and what else than quality it prefers."""
    # A verdict that changes with the order of the answers is none.
    verdicts = [i["first"] for i in items]
    agreement = kappa([item["human"] for item in items], verdicts)
    shown_first = [item["first"] == "A" for item in items if item["first"] != "tie"]
    shown_first += [item["second"] == "B" for item in items if item["second"] != "tie"]
    position_bias, position_p = lean(shown_first)
    length_bias, length_p = lean(
        [
            item["lengths"][verdict] > item["lengths"][item["human"]]
            for item, verdict in zip(items, verdicts)
            if "tie" not in (item["human"], verdict)
            and item["human"] != verdict
            and item["lengths"]["A"] != item["lengths"]["B"]
        ]
    )
    flags = {
        "agreement": agreement < 0.6,
        "position": position_p < 0.01,
        "length": length_p < 0.01,
    }
    return {
        "kappa": agreement,
        "flipRate": sum(item["first"] != item["second"] for item in items) / len(items),
        "positionBias": position_bias,
        "lengthBias": length_bias,
        "flags": [name for name, raised in flags.items() if raised],
    }


def lean(choices: list[bool]) -> tuple[float, float]:
    """From -1 (never) over 0 (as often as not) to 1 (always), and the chance that it is luck."""
    yes = sum(choices)
    no = len(choices) - yes
    return ((yes - no) / len(choices) if choices else 0.0), sign_test(yes, no)


def correct_rate(flagged: float, sensitivity: float, specificity: float) -> float | None:
    """The rate of failures behind a rate of flags; None if the judge cannot tell."""
    information = sensitivity + specificity - 1
    if information <= 0:
        return None
    return min(1.0, max(0.0, (flagged + specificity - 1) / information))


def gate(candidate: list[dict], baselines: dict[str, list[dict]], policy: dict) -> dict:
    """Whether a candidate may go out, compared with every baseline."""
    reasons: list[dict] = []
    if sum(r["missing"] for r in candidate) / len(candidate) > policy["maxMissing"]:
        reasons.append({"rule": "missing"})
    scores = {result["id"]: result["score"] for result in candidate}
    small: set[str] = set()
    for against, baseline in baselines.items():
        for before in baseline:
            if before["critical"] and before["score"] == 1 and scores.get(before["id"], 0) < 1:
                reasons.append({"rule": "critical", "against": against, "what": before["id"]})
        if not is_non_inferior(baseline, candidate, policy["margin"], policy["z"]):
            reasons.append({"rule": "overall", "against": against})
        for slice in slices_of(baseline):
            part = [result for result in baseline if slice in result["slices"]]
            if len(part) < policy["minSlice"]:
                small.add(slice)
            elif not is_non_inferior(part, candidate, policy["sliceMargin"], policy["z"]):
                reasons.append({"rule": "slice", "against": against, "what": slice})
    return {"pass": not reasons, "reasons": reasons, "small": sorted(small)}


def is_non_inferior(before: list[dict], after: list[dict], margin: float, z: float) -> bool:
    """Shown to be no worse by more than the margin, not merely not shown to be worse."""
    diffs = differences(before, after)
    centre = mean(diffs)
    variance = sum((diff - centre) ** 2 for diff in diffs) / (len(diffs) - 1)
    return centre - z * math.sqrt(variance / len(diffs)) > -margin


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
