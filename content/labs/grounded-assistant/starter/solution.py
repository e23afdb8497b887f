"""An assistant for an insurer's agents. Records are dictionaries with the keys of the instructions."""

from __future__ import annotations

from typing import Any


class Assistant:
    """Answers from documents that the user may read, or says that it cannot."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    def ingest(self, change: dict[str, Any]) -> None:
        """Takes a change of a document. Changes may come late, twice and out of order."""

    def ask(self, user: dict[str, Any], question: str, now: int) -> dict[str, Any]:
        return {"answer": None, "claims": [], "abstained": True, "cached": False}

    def state(self) -> dict[str, Any]:
        """Everything that it holds, as it is now."""
        return {"documents": [], "cache": [], "log": []}


def replay(config: dict[str, Any], operations: list[list[Any]]) -> list[Any]:
    """Plays operations on a new assistant and returns what each gave. The tests use it."""
    assistant = Assistant(config)
    return [getattr(assistant, name)(*arguments) for name, *arguments in operations]


def ground(config: dict[str, Any], draft: list[str], passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of a model's draft the claims that a passage supports, with the passages that do."""
    return []


def evaluate(cases: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "answerable": {"n": 0, "answered": 0, "right": 0},
        "unanswerable": {"n": 0, "abstained": 0},
        "slices": {},
        "unsupported": 0,
        "failed": [],
    }


def gate(before: dict[str, Any], after: dict[str, Any], policy: dict[str, Any]) -> dict[str, Any]:
    return {"pass": False, "reasons": []}


def plan(traffic: dict[str, Any], server: dict[str, Any]) -> dict[str, Any]:
    return {"feasible": False, "needed": 0}
