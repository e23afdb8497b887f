"""One token budget, shared among tenants by weight.

Times are milliseconds and are given by the caller; the limiter never reads a clock.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tenant:
    name: str
    weight: float
    queue: deque[dict] = field(default_factory=deque)
    backlog: float = 0  # sum of the costs in `queue`, so that nobody has to walk it
    deficit: float = 0  # what it may still use in its turn; below zero it owes
    used: float = 0


class Limiter:
    def __init__(self, options: dict) -> None:
        self._rate: float = options["rate"]
        self._burst: float = options["burst"]
        self._quantum: float = options["quantum"]
        self._max_waiting: int = options["maxWaiting"]
        self._tenants = {
            name: Tenant(name, weight) for name, weight in options["weights"].items()
        }
        # Tenants with something waiting, the one whose turn it is first.
        self._ring: deque[Tenant] = deque()
        self._in_turn = False  # has the front tenant had its quantum for this turn?
        self._active_weight: float = 0
        self._tokens: float = self._burst
        self._clock: float | None = None
        self._refused = 0
        self._expired = 0
        self._unsettled: dict[str, dict] = {}

    def offer(self, request: dict, now: float) -> dict:
        """Takes a request into its tenant's queue, or says why not and when to return."""
        now = self._refill(now)
        tenant = self._tenants.get(request["tenant"])
        if tenant is None:
            return self._refuse("unknown-tenant", None)
        if request["cost"] > self._burst:
            return self._refuse("too-large", None)
        late = now + self._wait_ms(tenant, request["cost"]) - request["deadline"]
        if len(tenant.queue) >= self._max_waiting:
            return self._refuse("queue-full", max(0, late))
        if late > 0:
            return self._refuse("deadline", late)
        if not tenant.queue:
            self._ring.append(tenant)
            self._active_weight += tenant.weight
        tenant.queue.append(request)
        tenant.backlog += request["cost"]
        return {"ok": True}

    def next(self, now: float) -> str | None:
        """The id of the request to start now, or None: nothing waits, or it is too early."""
        now = self._refill(now)
        while self._ring:
            tenant = self._ring[0]
            request = self._first_alive(tenant, now)
            if request is None:
                self._leave()
                continue
            if not self._in_turn:
                tenant.deficit += self._quantum * tenant.weight
                self._in_turn = True
            if request["cost"] > tenant.deficit:
                self._pass_turn()
                continue
            # A dear request waits at the front: skipping it for cheap ones would starve it.
            if request["cost"] > self._tokens:
                return None
            self._take(tenant)
            tenant.deficit -= request["cost"]
            tenant.used += request["cost"]
            self._tokens -= request["cost"]
            self._unsettled[request["id"]] = request
            if not tenant.queue:
                self._leave()
            return request["id"]
        return None

    def settle(self, id: str, used: float, now: float) -> bool:
        """Replaces the declared cost of a started request by what it used."""
        self._refill(now)
        request = self._unsettled.pop(id, None)
        if request is None:
            return False
        tenant = self._tenants[request["tenant"]]
        back = request["cost"] - used
        self._tokens = min(self._burst, self._tokens + back)
        tenant.used -= back
        tenant.deficit += back
        if not tenant.queue:
            tenant.deficit = min(0, tenant.deficit)
        return True

    def stats(self, now: float) -> dict:
        self._refill(now)
        return {
            "tokens": self._tokens,
            "waiting": {t.name: len(t.queue) for t in self._tenants.values()},
            "used": {t.name: t.used for t in self._tenants.values()},
            "refused": self._refused,
            "expired": self._expired,
        }

    def _refill(self, now: float) -> float:
        """Adds what flowed in since the last call; a clock that goes back changes nothing."""
        if self._clock is None:
            self._clock = now
        elif now > self._clock:
            flow = (now - self._clock) * self._rate / 1000
            self._tokens = min(self._burst, self._tokens + flow)
            self._clock = now
        return self._clock

    def _wait_ms(self, tenant: Tenant, cost: float) -> int:
        """Time until backlog and request are paid for, at the tenant's share of the rate."""
        active = self._active_weight + (0 if tenant.queue else tenant.weight)
        share = tenant.weight / active
        backlog = sum(waiting["cost"] for waiting in tenant.queue)
        missing = backlog + cost - share * self._tokens
        return max(0, math.ceil(missing / (share * self._rate) * 1000))

    def _refuse(self, reason: str, retry_after_ms: float | None) -> dict:
        self._refused += 1
        return {"ok": False, "reason": reason, "retryAfterMs": retry_after_ms}

    def _first_alive(self, tenant: Tenant, now: float) -> dict | None:
        """The first request that can still start in time; those before it are dropped."""
        while tenant.queue and tenant.queue[0]["deadline"] < now:
            self._take(tenant)
            self._expired += 1
        return tenant.queue[0] if tenant.queue else None

    @staticmethod
    def _take(tenant: Tenant) -> None:
        tenant.backlog -= tenant.queue.popleft()["cost"]

    def _pass_turn(self) -> None:
        """The front tenant goes to the back and keeps its deficit."""
        self._ring.rotate(-1)
        self._in_turn = False

    def _leave(self) -> None:
        """The front tenant has nothing left. It keeps a debt; it does not keep credit."""
        tenant = self._ring.popleft()
        tenant.deficit = min(0, tenant.deficit)
        self._active_weight -= tenant.weight
        self._in_turn = False


def replay(options: dict, operations: list[list]) -> list[Any]:
    """Plays a list of operations on a new limiter and returns what each returned.

    `finish` settles the request that was started first among those that still run,
    with what it `uses`.
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
