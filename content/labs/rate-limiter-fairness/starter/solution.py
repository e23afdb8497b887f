from __future__ import annotations

from collections import deque
from typing import Any


class Limiter:
    """Options: rate, burst, weights, quantum, maxWaiting; see the instructions."""

    def __init__(self, options: dict) -> None:
        self._options = options

    def offer(self, request: dict, now: float) -> dict:
        return {"ok": True}

    def next(self, now: float) -> str | None:
        return None

    def settle(self, id: str, used: float, now: float) -> bool:
        return False

    def stats(self, now: float) -> dict:
        return {
            "tokens": self._options["burst"],
            "waiting": {},
            "used": {},
            "refused": 0,
            "expired": 0,
        }


def replay(options: dict, operations: list[list]) -> list[Any]:
    """Plays a list of operations on a new limiter and returns what each returned.

    Given: leave it as it is. `finish` settles the request that was started first among
    those that still run, with what it `uses`.
    """
    limiter = Limiter(options)
    uses: dict[str, float] = {}
    running: deque[str] = deque()

    def play(name: str, *args: Any) -> Any:
        if name == "finish":
            return bool(running) and limiter.settle(running[0], uses[running.popleft()], *args)
        if name == "offer":
            uses[args[0]["id"]] = args[0].get("uses", args[0]["cost"])
        result = getattr(limiter, name)(*args)
        if name == "next" and result is not None:
            running.append(result)
        return result

    return [play(*operation) for operation in operations]
