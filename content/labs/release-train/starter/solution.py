"""A release train for models. Records are dictionaries with the keys of the instructions."""

from __future__ import annotations

from typing import Any


def digest(text: str) -> str:
    """FNV-1a of 32 bits, as eight hexadecimal digits. Good enough to name things here; not for secrets."""
    value = 0x811C9DC5
    for char in text:
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"


def check_batch(contract: dict[str, Any], batch: dict[str, Any], now: int) -> list[dict[str, Any]]:
    """Everything in a batch that breaks the contract."""
    return []


def job_key(inputs: Any) -> str:
    """The name of what comes out of a job: equal for equal inputs, however they are written down."""
    return ""


class Train:
    """The train: looks at every tick, and says what is to be done and why."""

    def __init__(self, config: dict[str, Any]) -> None:
        pass

    def tick(self, seen: dict[str, Any]) -> list[dict[str, Any]]:
        return []

    def timeline(self) -> list[dict[str, Any]]:
        """Every action so far, with the tick in which it was decided."""
        return []
