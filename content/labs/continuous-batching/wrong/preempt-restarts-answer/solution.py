"""Iteration-level scheduling of sequences that share one device."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Iterable, Sequence


def plan_step(state: dict, limits: dict, policy: str) -> dict:
    """One iteration: who gives way, who joins, who computes how many tokens.

    Both lists of the state are oldest first.
    """
    running = list(state["running"])
    preempt: list[str] = []
    # Somebody grew into another block. The youngest gives way, so the oldest always gets on.
    while held(running, limits) > limits["kvBlocks"]:
        preempt.append(running.pop()["id"])
    admit: list[str] = []
    if not preempt and (policy != "static" or not running):
        for seq in state["waiting"]:
            # First come, first served: whoever does not fit holds up those behind.
            if len(running) == limits["maxSeqs"] or not fits(seq, running, limits, policy):
                break
            running.append(seq)
            admit.append(seq["id"])
    work: list[list] = []
    budget = limits["maxTokens"]
    for seq in sorted(running, key=lambda seq: todo(seq) > 1):
        take = min(budget, todo(seq))
        if take > 0:
            work.append([seq["id"], take])
        budget -= take
    return {"preempt": preempt, "admit": admit, "work": work}


def todo(seq: dict) -> int:
    """Tokens without cache: one when it decodes, many when it starts or returns."""
    return seq["prompt"] + seq["made"] - seq["cached"]


def blocks(tokens: int, limits: dict) -> int:
    return -(-tokens // limits["blockSize"])


def held(seqs: Iterable[dict], limits: dict) -> int:
    return sum(blocks(seq["prompt"] + seq["made"], limits) for seq in seqs)


def fits(seq: dict, running: list[dict], limits: dict, policy: str) -> bool:
    """Whether a waiting sequence may join those that run."""
    together = [*running, seq]
    if policy == "static":
        reserved = sum(blocks(one["prompt"] + one["maxOutput"], limits) for one in together)
        return reserved <= limits["kvBlocks"]
    # One spare block for each that runs keeps the newcomer from being thrown out at once.
    if held(together, limits) + len(running) > limits["kvBlocks"]:
        return False
    return policy == "chunked" or sum(map(todo, together)) <= limits["maxTokens"]


def is_feasible(request: dict, limits: dict, policy: str) -> bool:
    """Whether a request could ever finish, alone on the device."""
    longest = request["prompt"] + request["maxOutput"]
    if blocks(longest, limits) > limits["kvBlocks"]:
        return False
    return policy != "continuous" or longest <= limits["maxTokens"]


@dataclass
class Live:
    """A request being served: what the scheduler may know, and what only we do."""

    request: dict
    known: dict
    token_times: list[float] = field(default_factory=list)


def simulate(trace: list[dict], policy: str, limits: dict, cost: dict) -> dict:
    """Plays a trace, step by step, until all that can be served is served."""
    by_arrival = sorted(trace, key=lambda request: request["arrivalMs"])
    refused = [one["id"] for one in by_arrival if not is_feasible(one, limits, policy)]
    served = [
        Live(
            one, {**{k: one[k] for k in ("id", "prompt", "maxOutput")}, "made": 0, "cached": 0}
        )
        for one in by_arrival
        if one["id"] not in refused
    ]
    arrived = 0
    steps: list[dict] = []
    running: list[Live] = []
    waiting: list[Live] = []
    now = 0.0
    while arrived < len(served) or waiting or running:
        if not waiting and not running:
            now = max(now, served[arrived].request["arrivalMs"])
        while arrived < len(served) and served[arrived].request["arrivalMs"] <= now:
            waiting.append(served[arrived])
            arrived += 1
        state = {"running": known_of(running), "waiting": known_of(waiting)}
        plan = plan_step(state, limits, policy)
        victims = [live for live in running if live.known["id"] in plan["preempt"]]
        for live in victims:
            live.known.update(cached=0, made=0)
            live.token_times.clear()
        admitted = waiting[: len(plan["admit"])]
        running = [live for live in running if live not in victims] + admitted
        waiting = victims + waiting[len(admitted) :]
        steps.append({"startMs": now, **plan})
        now += run(plan, running, cost, now)
        running = [live for live in running if live.known["made"] < live.request["output"]]
    return {"steps": steps, "refused": refused, "summary": summarise(served, steps, now)}


def known_of(lives: list[Live]) -> list[dict]:
    return [live.known for live in lives]


def run(plan: dict, running: list[Live], cost: dict, now: float) -> float:
    """Computes one step and returns how long it took."""
    by_id = {live.known["id"]: live for live in running}
    part = [(by_id[id], tokens) for id, tokens in plan["work"]]
    read = sum(live.known["cached"] for live, _ in part)
    computed = sum(tokens for _, tokens in part)
    ms = max(cost["weightMs"] + cost["kvMs"] * read, cost["tokenMs"] * computed)
    for live, tokens in part:
        live.known["cached"] += tokens
        if todo(live.known) == 0:
            live.known["made"] += 1
            live.token_times.append(now + ms)
    return ms


def summarise(served: list[Live], steps: list[dict], end: float) -> dict:
    classes = sorted({live.request["class"] for live in served})
    tokens = sum(live.known["made"] for live in served)
    stay = sum(live.token_times[-1] - live.request["arrivalMs"] for live in served)
    start = served[0].request["arrivalMs"] if served else 0
    return {
        **latency(served),
        "throughput": tokens / (end - start) * 1000 if end > start else 0,
        "makespanMs": end - start,
        "meanInSystem": stay / (end - start) if end > start else 0,
        "preemptions": sum(len(step["preempt"]) for step in steps),
        "classes": {
            name: latency([live for live in served if live.request["class"] == name])
            for name in classes
        },
    }


def latency(lives: list[Live]) -> dict[str, float]:
    times = [live.token_times for live in lives]
    return {
        "ttftP95": percentile(
            [live.token_times[0] - live.request["arrivalMs"] for live in lives], 0.95
        ),
        "tpotP95": percentile(
            [(t[-1] - t[0]) / (len(t) - 1) for t in times if len(t) > 1], 0.95
        ),
        "gapP99": percentile([b - a for t in times for a, b in zip(t, t[1:])], 0.99),
    }


def percentile(values: Sequence[float], q: float) -> float:
    """The smallest value at least as large as a share `q` of all; 0 of nothing."""
    if not values:
        return 0
    return sorted(values)[max(0, math.ceil(q * len(values)) - 1)]


def choose_budget(
    trace: list[dict], budgets: list[int], limits: dict, cost: dict, goals: dict
) -> int | None:
    """The budget with the highest throughput that keeps every goal of every class."""
    best: tuple[float, int] | None = None
    for budget in budgets:
        result = simulate(trace, "chunked", {**limits, "maxTokens": budget}, cost)
        summary = result["summary"]
        kept = all(
            summary["classes"].get(name, {}).get(key, 0) <= most
            for name, goal in goals.items()
            for key, most in goal.items()
        )
        if kept and (best is None or summary["throughput"] > best[0]):
            best = (summary["throughput"], budget)
    return best[1] if best else None
