from __future__ import annotations

from typing import Any

Span = dict[str, Any]
Tagged = list[Span]

# The reason of a decision, by its rule. Given: use these texts.
# One that quoted the call would leak what it stops.
REASONS = {
    "ok": "Within the policy.",
    "approved": "Approved by a person for exactly this call.",
    "malformed": "The call does not have the arguments that the policy names.",
    "unknown-tool": "The policy does not know this tool.",
    "tool-changed": "The description of the tool is not the approved one; a person has to look at it.",
    "secret": "An argument holds something that must never leave.",
    "egress": "The address is not on the list of allowed ones.",
    "taint": "Text from an untrusted source would decide what the tool acts on.",
    "private": "Private text would leave.",
    "confirm": "A person confirms every use of this tool.",
    "ticket": "There is no valid approval for exactly this call.",
    "error": "The policy could not be applied.",
}


def decision(action: str, rule: str) -> dict:
    return {"action": action, "rule": rule, "reason": REASONS[rule]}


class Firewall:
    def __init__(self, policy: dict) -> None:
        self._policy = policy

    def label(self, text: str, kind: str) -> Tagged:
        return [{"text": text, "kinds": ["user"]}]

    def concat(self, parts: list[Tagged]) -> Tagged:
        return []

    def slice(self, tagged: Tagged, start: int, end: int) -> Tagged:
        return []

    def derive(self, text: str, inputs: list[Tagged]) -> Tagged:
        return [{"text": text, "kinds": ["system"]}]

    def cite(self, text: str, inputs: list[Tagged]) -> Tagged:
        return [{"text": text, "kinds": ["system"]}]

    def decide(self, call: dict, now: int) -> dict:
        return decision("allow", "ok")

    def approve(self, ticket: str, who: str, now: int) -> bool:
        return True

    def redeem(self, ticket: str, call: dict, now: int) -> dict:
        return decision("allow", "approved")

    def pin(self, tool: str, description: str, who: str) -> bool:
        return True

    def scan(self, text: str) -> list[dict]:
        return []

    def sanitise(self, text: str, sink: str) -> str:
        return text
