from __future__ import annotations


def plan_step(state: dict, limits: dict, policy: str) -> dict:
    return {"preempt": [], "admit": [], "work": []}


def simulate(trace: list[dict], policy: str, limits: dict, cost: dict) -> dict:
    summary = {
        "throughput": 0,
        "makespanMs": 0,
        "meanInSystem": 0,
        "preemptions": 0,
        "ttftP95": 0,
        "tpotP95": 0,
        "gapP99": 0,
        "classes": {},
    }
    return {"steps": [], "refused": [], "summary": summary}


def choose_budget(
    trace: list[dict], budgets: list[int], limits: dict, cost: dict, goals: dict
) -> int | None:
    return None
