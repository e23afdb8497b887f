from __future__ import annotations

from typing import Any

Model = dict[str, Any]
Request = dict[str, Any]
Row = dict[str, Any]
State = dict[str, Any]
Decision = dict[str, Any]


def cost_of(request: Request, model: Model) -> float:
    return model["price"] * request["tokens"] / 1000


def fit(log: list[Row], models: list[Model], options: dict) -> "Router":
    return Router(log, models, options["value"])


class Router:
    def __init__(self, log: list[Row], models: list[Model], value: float) -> None:
        self._models = models

    def predict(self, request: Request, model: str, signal: float | None = None) -> float:
        return 0.5

    def route(self, request: Request, state: State) -> Decision:
        candidates = [
            {
                "model": model["name"],
                "p": self.predict(request, model["name"]),
                "cost": cost_of(request, model),
                "excluded": None,
            }
            for model in self._models
        ]
        reason = {"rule": "direct", "text": "As always.", "candidates": candidates}
        return {"action": "call", "model": self._models[-1]["name"], "reason": reason}

    def observe(self, rows: list[Row]) -> None:
        pass


def evaluate(log: list[Row], choices: list[str], models: list[Model]) -> dict:
    return {"cost": 0, "quality": None, "ci": [0, 1], "n": len(log), "bySlice": {}}


class BudgetController:
    def __init__(self, options: dict) -> None:
        pass

    def limit(self, now: int) -> float:
        return 0.0

    def spend(self, amount: float, now: int) -> None:
        pass


def route_many(router: Router, questions: list[dict]) -> list[Decision]:
    """Asks the router many things in one go; given, and used by the tests."""
    return [router.route(one["request"], one["state"]) for one in questions]


def predict_many(router: Router, questions: list[dict]) -> list[float]:
    """The same for predictions."""
    return [router.predict(one["request"], one["model"], one["signal"]) for one in questions]


def pick(answer: dict, field: str) -> Any:
    """One field of an answer; given, and used by the tests."""
    return answer[field]
