"""Routes each request to the cheapest model that is good enough, within deadlines and a budget."""

from __future__ import annotations

import math
from typing import Any

Model = dict[str, Any]
Request = dict[str, Any]
Row = dict[str, Any]
State = dict[str, Any]
Candidate = dict[str, Any]
Decision = dict[str, Any]

# Weight of the prior that pulls every coefficient towards zero: a few rows of a slice prove little.
RIDGE = 1.0
# Newton's method needs no more from zero, on data that is not separable.
ROUNDS = 6
# Labelled answers of a model that are looked at for drift, and how unlikely chance must be.
RECENT = 200
SURPRISE = 4.0


def cost_of(request: Request, model: Model) -> float:
    return model["price"] * request["tokens"] / 1000


def fit(log: list[Row], models: list[Model], options: dict) -> "Router":
    """Learns how good each model is at what, before it answers and once it has said how sure it is."""
    return Router(log, models, options["value"])


class Router:
    def __init__(self, log: list[Row], models: list[Model], value: float) -> None:
        self._models = models
        self._value = value
        self._slices = sorted({row["request"]["slice"] for row in log})
        self._before: dict[str, list[float]] = {}
        self._after: dict[str, list[float]] = {}
        self._recent: dict[str, list[Row]] = {}
        # By how much a drifted model's log odds are lower than those that were learnt.
        self._shifts: dict[str, float] = {}
        for name in (model["name"] for model in models):
            rows = [row for row in log if row["model"] == name]
            good = [row["good"] for row in rows]
            self._before[name] = logistic([self._describe(row["request"]) for row in rows], good)
            answers = [
                self._describe_answer(row["request"], name, row["signal"]) for row in rows
            ]
            self._after[name] = logistic(answers, good)

    def predict(self, request: Request, model: str, signal: float | None = None) -> float:
        """Chance that the model's answer is good; with `signal`, given what it said of its answer."""
        if signal is None:
            odds = dot(self._before[model], self._describe(request))
        else:
            odds = dot(self._after[model], self._describe_answer(request, model, signal))
        return sigmoid(odds + self._shifts.get(model, 0.0))

    def route(self, request: Request, state: State) -> Decision:
        """What to do next with a request: ask a model, take an answer that is there, or give up."""
        candidates = [self._weigh(request, state, model) for model in self._models]
        still_open = [one for one in candidates if one["excluded"] is None]
        answers = [
            (self.predict(request, one["model"], one["signal"]), one["model"])
            for one in state["tried"]
            if one["signal"] is not None
        ]

        def call(rule: str, one: Candidate) -> Decision:
            text = f"{one['model']} is asked: good with {one['p']:.0%}, for {one['cost']:.2f}."
            return decision("call", one["model"], rule, text, candidates)

        if not answers:
            if not still_open:
                text = "No model can be asked any more."
                return decision("give-up", None, "nothing-left", text, candidates)
            first = max(still_open, key=lambda one: self._worth_first(one, still_open))
            return call("retry" if state["tried"] else "direct", first)
        p, best = max(answers, key=lambda answer: answer[0])
        if still_open:
            after = max(still_open, key=self._worth)
            if self._value * (after["p"] - p) > after["cost"]:
                return call("escalate", after)
        rule = "good-enough" if still_open else "only-choice"
        text = f"The answer of {best} is taken: good with {p:.0%}."
        return decision("accept", best, rule, text, candidates)

    def observe(self, rows: list[Row]) -> None:
        """Labelled answers from production. A model that does worse than chance explains is believed less."""
        for name in (model["name"] for model in self._models):
            own = [*self._recent.get(name, []), *(row for row in rows if row["model"] == name)]
            self._recent[name] = own = own[-RECENT:]
            learnt = [dot(self._before[name], self._describe(row["request"])) for row in own]
            surprise = sum(row["good"] - sigmoid(z) for row, z in zip(own, learnt))
            spread = math.sqrt(sum(sigmoid(z) * (1 - sigmoid(z)) for z in learnt))
            drifted = bool(own) and surprise < -SURPRISE * spread
            self._shifts[name] = shift_of(learnt, own) if drifted else 0.0

    def _weigh(self, request: Request, state: State, model: Model) -> Candidate:
        failed = {one["model"] for one in state["tried"] if one["signal"] is None}
        dead = {one["provider"] for one in self._models if one["name"] in failed}
        cost = cost_of(request, model)
        excluded = None
        if any(one["model"] == model["name"] for one in state["tried"]):
            excluded = "tried"
        elif model["provider"] in dead | set(state["down"]):
            excluded = "down"
        elif state["spentMs"] + model["latencyMs"] > request["deadlineMs"]:
            excluded = "deadline"
        elif state["limit"] is not None and cost > state["limit"]:
            excluded = "budget"
        p = self.predict(request, model["name"])
        return {"model": model["name"], "p": p, "cost": cost, "excluded": excluded}

    def _worth(self, one: Candidate) -> float:
        return self._value * one["p"] - one["cost"]

    def _worth_first(self, one: Candidate, still_open: list[Candidate]) -> float:
        """What is gained on average by asking this one first, and the best other one if it is bad."""
        rest = [self._worth(other) for other in still_open if other is not one]
        return self._worth(one) + (1 - one["p"]) * max([0.0, *rest])

    def _own(self, request: Request) -> list[float]:
        return [float(name == request["slice"]) for name in self._slices]

    def _describe(self, request: Request) -> list[float]:
        return [1.0, *request["features"], *self._own(request)]

    def _describe_answer(self, request: Request, model: str, signal: float) -> list[float]:
        """What was expected, and what the signal adds to it: not the same in every slice."""
        says = math.log(signal / (1 - signal))
        expected = dot(self._before[model], self._describe(request))
        own = self._own(request)
        return [1.0, expected, says, *own, *(is_own * says for is_own in own)]


def evaluate(log: list[Row], choices: list[str], models: list[Model]) -> dict:
    """What a policy would have cost, and how good it would have been, from a log of others' choices.

    Each row in which the policy agrees with the log stands for all that were chosen as seldom
    (self-normalised inverse propensity).
    """
    by_name = {model["name"]: model for model in models}

    def estimate(rows: list[tuple[Row, str]]) -> dict:
        cost = sum(cost_of(row["request"], by_name[choice]) for row, choice in rows) / len(rows)
        matched = [row for row, choice in rows if row["model"] == choice]
        if not matched:
            return {"cost": cost, "quality": None, "ci": [0, 1], "n": len(rows)}
        weights = [1 / row["propensity"] for row in matched]
        total = sum(weights)
        quality = sum(w * row["good"] for w, row in zip(weights, matched)) / total
        squares = [w * w for w in weights]
        # With a pseudo-row of each kind, so that ten good answers in a row are not certainty.
        size = total**2 / sum(squares)
        spread = sum(s * (row["good"] - quality) ** 2 for s, row in zip(squares, matched))
        half = 1.96 * math.sqrt(spread / total**2 + 1 / (size + 2) ** 2)
        ci = [max(0.0, quality - half), min(1.0, quality + half)]
        return {"cost": cost, "quality": quality, "ci": ci, "n": len(rows)}

    pairs = list(zip(log, choices))
    slices = sorted({row["request"]["slice"] for row in log})
    by_slice = {
        name: estimate([pair for pair in pairs if pair[0]["request"]["slice"] == name])
        for name in slices
    }
    return {**estimate(pairs), "bySlice": by_slice}


class BudgetController:
    """A budget for each period, let out evenly after a first share.

    What is left at the end of a period is gone; a debt is not.
    """

    def __init__(self, options: dict) -> None:
        self._budget = options["budget"]
        self._period_ms = options["periodMs"]
        self._burst = options["burst"]
        self._period = 0
        self._now = 0
        self._spent = 0.0

    def limit(self, now: int) -> float:
        self._advance(now)
        share = (self._now - self._period * self._period_ms) / self._period_ms
        let_out = self._budget * (self._burst + (1 - self._burst) * share)
        return max(0.0, let_out - self._spent)

    def spend(self, amount: float, now: int) -> None:
        self._advance(now)
        self._spent += amount

    def _advance(self, now: int) -> None:
        """Clocks go backwards; a budget does not."""
        self._now = max(self._now, now)
        period = self._now // self._period_ms
        self._spent = max(0.0, self._spent - (period - self._period) * self._budget)
        self._period = period


def route_many(router: Router, questions: list[dict]) -> list[Decision]:
    """Asks the router many things in one go; given, and used by the tests."""
    return [router.route(one["request"], one["state"]) for one in questions]


def predict_many(router: Router, questions: list[dict]) -> list[float]:
    """The same for predictions."""
    return [router.predict(one["request"], one["model"], one["signal"]) for one in questions]


def pick(answer: dict, field: str) -> Any:
    """One field of an answer; given, and used by the tests."""
    return answer[field]


def decision(
    action: str, model: str | None, rule: str, text: str, candidates: list[Candidate]
) -> Decision:
    reason = {"rule": rule, "text": text, "candidates": candidates}
    return {"action": action, "model": model, "reason": reason}


def logistic(rows: list[list[float]], good: list[int]) -> list[float]:
    """Logistic regression with a ridge, by Newton's method."""
    size = len(rows[0]) if rows else 0
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for x, is_good in zip(rows, good):
            p = sigmoid(dot(weights, x))
            filled = [(i, value) for i, value in enumerate(x) if value]
            for at, (i, value) in enumerate(filled):
                slope[i] += (is_good - p) * value
                scaled, line = p * (1 - p) * value, curve[i]
                for j, other in filled[: at + 1]:
                    line[j] += scaled * other
        weights = [weight + step for weight, step in zip(weights, solve(curve, slope))]
    return weights


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solves a symmetric system, of which the lower half is given, by Cholesky's decomposition."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    found: list[float] = []
    for i in range(size):
        found.append((right[i] - dot(lower[i], found)) / lower[i][i])
    for i in reversed(range(size)):
        found[i] -= sum(lower[k][i] * found[k] for k in range(i + 1, size))
        found[i] /= lower[i][i]
    return found


def shift_of(learnt: list[float], rows: list[Row]) -> float:
    """The one number that, added to all log odds, makes the mean prediction what was observed."""
    seen = (sum(row["good"] for row in rows) + 0.5) / (len(rows) + 1)
    low, high = -10.0, 0.0
    for _ in range(50):
        middle = (low + high) / 2
        if sum(sigmoid(z + middle) for z in learnt) / len(learnt) > seen:
            high = middle
        else:
            low = middle
    return high


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))
