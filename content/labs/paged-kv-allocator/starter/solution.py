from __future__ import annotations

from typing import Any, Sequence as Items


def digest(parent: int, tokens: Items[int], bits: int) -> int:
    """A short key for the tokens of a block after the block with digest `parent` (FNV-1a)."""
    value = 0x811C9DC5
    for word in (parent, *tokens):
        value = ((value ^ (word & 0xFFFF)) * 0x01000193) & 0xFFFFFFFF
        value = ((value ^ (word >> 16)) * 0x01000193) & 0xFFFFFFFF
    return value % 2**bits


class Pool:
    def __init__(self, options: dict) -> None:
        self._options = options

    def alloc(self, id: str, tokens: list[int], tenant: str, public_tokens: int = 0) -> dict:
        return {"ok": True, "shared": 0}

    def append(self, id: str, token: int) -> dict:
        return {"ok": True, "copied": False}

    def fork(self, parent: str, child: str) -> dict:
        return {"ok": True}

    def free(self, id: str) -> dict:
        return {"ok": True}

    def match(self, tokens: list[int], tenant: str, public_tokens: int = 0) -> dict:
        return {"blocks": 0, "tokens": 0}

    def table(self, id: str) -> list[int] | None:
        return None

    def read(self, id: str) -> list[int] | None:
        return None

    def stats(self) -> dict[str, int]:
        return {
            "used": 0,
            "cached": 0,
            "free": self._options["blocks"],
            "shared": 0,
            "wasted": 0,
        }


def replay(options: dict, calls: list[list]) -> list[Any]:
    """Plays a list of calls on a new pool and returns what each returned. Given: leave it."""
    pool = Pool(options)
    return [getattr(pool, name)(*args) for name, *args in calls]
