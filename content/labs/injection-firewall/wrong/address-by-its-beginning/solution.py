"""Decides about tool calls by where the text in their arguments comes from, not by what it says.

A tagged text is a list of spans: {"text": ..., "kinds": [...]}, where kinds are all kinds of
source that the text derives from.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from typing import Any, Iterable

Span = dict[str, Any]
Tagged = list[Span]

UNKNOWN = "unknown"  # source of a text that a model wrote from nothing we know of

# Why each rule holds a call up. Fixed texts: a reason that quotes the call would leak what it stops.
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
ASK = {"private", "confirm"}
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
URL = re.compile(r"https://([a-z0-9.-]+)(?::[0-9]+)?(?:[/?#][^\s\\]*)?", re.I)
EMAIL = re.compile(r"[a-z0-9._%+-]+@([a-z0-9.-]+)", re.I)
# What renderers make into a link of their own accord.
BARE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)[^\s)\]\"']*", re.I)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def decision(action: str, rule: str) -> dict:
    return {"action": action, "rule": rule, "reason": REASONS[rule]}


class Firewall:
    def __init__(self, policy: dict) -> None:
        self._policy = policy
        self._tickets: dict[str, dict] = {}
        self._pinned: dict[str, str] = {}

    def label(self, text: str, kind: str) -> Tagged:
        return normal([{"text": text, "kinds": [kind]}])

    def concat(self, parts: list[Tagged]) -> Tagged:
        return normal(span for part in parts for span in part)

    def slice(self, tagged: Tagged, start: int, end: int) -> Tagged:
        """The characters from `start` to before `end`, each with its labels."""
        cut, at = [], 0
        for span in tagged:
            text = span["text"]
            cut.append({**span, "text": text[max(0, start - at) : max(0, end - at)]})
            at += len(text)
        return normal(cut)

    def derive(self, text: str, inputs: list[Tagged]) -> Tagged:
        """A text that a model wrote after reading the inputs: it derives from all of them."""
        kinds = [kind for part in inputs for span in part for kind in span["kinds"]]
        return normal([{"text": text, "kinds": kinds or [UNKNOWN]}])

    def cite(self, text: str, inputs: list[Tagged]) -> Tagged:
        """Like derive, but what stands word for word in one trusted span keeps its labels."""
        for span in (span for part in inputs for span in part):
            if self._is_trusted(span) and has_word(span["text"], text):
                return normal([{"text": text, "kinds": span["kinds"]}])
        return self.derive(text, inputs)

    def decide(self, call: dict, now: int) -> dict:
        try:
            rule = self._rule_for(call)
            action = "allow" if rule == "ok" else self._action_for(rule, call["tool"])
            if action != "ask":
                return decision(action, rule)
            ticket = f"t{len(self._tickets) + 1}"
            self._tickets[ticket] = {"key": key_of(call), "at": now, "state": "open"}
            return {**decision("ask", rule), "ticket": ticket}
        except Exception:
            return decision("deny", "error")

    def approve(self, ticket: str, who: str, now: int) -> bool:
        """A person says yes to a ticket. Only this method can; no text in a call can."""
        found = self._tickets.get(ticket)
        if found is None or found["state"] != "open" or who not in self._policy["approvers"]:
            return False
        if now - found["at"] > self._policy["ticketMs"]:
            return False
        found["state"] = "approved"
        return True

    def redeem(self, ticket: str, call: dict, now: int) -> dict:
        """Runs an approved call, once, if it is still the call that was approved."""
        found = self._tickets.get(ticket)
        if found is None or found["state"] != "approved":
            return decision("deny", "ticket")
        try:
            is_same = found["key"] == key_of(call)
        except Exception:
            return decision("deny", "error")
        if not is_same or now - found["at"] > self._policy["ticketMs"]:
            return decision("deny", "ticket")
        found["state"] = "used"
        return decision("allow", "approved")

    def pin(self, tool: str, description: str, who: str) -> bool:
        """A person has read a tool's new description."""
        if who not in self._policy["approvers"] or tool not in self._policy["tools"]:
            return False
        self._pinned[tool] = description
        return True

    def scan(self, text: str) -> list[dict]:
        """Known phrases, also behind odd letters and encodings: it informs, it never allows."""
        seen = [(via, plain(view)) for via, view in views(text)]
        findings = []
        for pattern in self._policy["patterns"]:
            via = next((via for via, view in seen if plain(pattern) in view), None)
            if via is not None:
                findings.append({"pattern": pattern, "via": via})
        return findings

    def sanitise(self, text: str, sink: str) -> str:
        """Makes model output harmless where it is going."""
        if sink == "html":
            return re.sub(r"[&<>\"']", lambda char: ENTITIES[char[0]], text)
        if sink == "csv":
            inert = "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
            quoted = inert.replace('"', '""')
            return f'"{quoted}"' if re.search(r'[",\n\r]', inert) else inert
        if sink == "shell":
            return "'" + text.replace("\0", "").replace("'", "'\\''") + "'"
        if sink == "markdown":
            return self._markdown(text)
        raise ValueError(f"unknown sink {sink}")

    def _markdown(self, text: str) -> str:
        """No image, no markup, and no address that is not allowed."""

        def target(found: re.Match[str]) -> str:
            return found[0] if self._is_allowed_url(found[0][2:-1]) else "](#blocked)"

        def bare(found: re.Match[str]) -> str:
            return found[0] if self._is_allowed_url(found[0]) else "#blocked"

        text = re.sub(r"[<>]", lambda char: ENTITIES[char[0]], text)
        text = re.sub(r"!+\[", "[", text)
        # A definition of a link target is one only with the colon next to the bracket.
        text = text.replace("]:", "] :")
        text = re.sub(r"\]\([^)]*\)", target, text)
        return BARE.sub(bare, text)

    def _is_trusted(self, span: Span) -> bool:
        return all(kind in self._policy["trusted"] for kind in span["kinds"])

    def _rule_for(self, call: dict) -> str:
        """The first rule that holds the call up, in the order of the instructions, or `ok`."""
        if call["tool"] not in self._policy["tools"]:
            return "unknown-tool"
        tool = self._policy["tools"][call["tool"]]
        if call["description"] != self._pinned.get(call["tool"], tool["description"]):
            return "tool-changed"
        if set(call["args"]) != set(tool["args"]) or not all(
            map(is_tagged, call["args"].values())
        ):
            return "malformed"
        args = [(rule, call["args"][name]) for name, rule in tool["args"].items()]
        if any(r["type"] == "number" and not NUMBER.fullmatch(text_of(v)) for r, v in args):
            return "malformed"
        texts = [text_of(value) for _, value in args]
        if self._holds_secret([*texts, "".join(texts)]):
            return "secret"
        if not all(self._is_allowed_address(rule["type"], text_of(v)) for rule, v in args):
            return "egress"
        controls = [value for rule, value in args if rule["role"] == "control"]
        if not all(self._is_trusted(span) for value in controls for span in value):
            return "taint"
        leaving = [v for rule, v in args if tool["effect"] == "send" or rule["type"] == "url"]
        kinds = {kind for value in leaving for span in value for kind in span["kinds"]}
        if kinds & set(self._policy["private"]):
            return "private"
        return "confirm" if tool["confirm"] else "ok"

    def _action_for(self, rule: str, tool: str) -> str:
        if rule == "taint":
            return "ask" if self._policy["tools"][tool]["onTaint"] == "ask" else "deny"
        return "ask" if rule in ASK else "deny"

    def _holds_secret(self, texts: list[str]) -> bool:
        seen = [squeezed(view) for text in texts for _, view in views(text)]
        return any(
            squeezed(secret) in view for secret in self._policy["secrets"] for view in seen
        )

    def _is_allowed_address(self, type: str, text: str) -> bool:
        if type == "url":
            return self._is_allowed_url(text)
        if type != "email":
            return True
        found = EMAIL.fullmatch(text)
        return found is not None and found[1].lower() in self._policy["domains"]

    def _is_allowed_url(self, text: str) -> bool:
        """Strict on purpose: what is not plainly an allowed https address is none."""
        hosts = self._policy["hosts"]
        return any(text.startswith("https://" + one) or "." + one in text for one in hosts)


def normal(spans: Iterable[Span]) -> Tagged:
    """No empty spans, kinds sorted and unique, neighbours with the same kinds joined."""
    result: Tagged = []
    for span in spans:
        kinds = sorted(set(span["kinds"]))
        if not span["text"]:
            continue
        if result and result[-1]["kinds"] == kinds:
            result[-1]["text"] += span["text"]
        else:
            result.append({"text": span["text"], "kinds": kinds})
    return result


def text_of(tagged: Tagged) -> str:
    return "".join(span["text"] for span in tagged)


def is_tagged(value: Any) -> bool:
    """A span without a kind has no origin, so it is no value of ours."""
    return isinstance(value, list) and all(
        isinstance(span, dict)
        and isinstance(span.get("text"), str)
        and isinstance(span.get("kinds"), list)
        and len(span["kinds"]) > 0
        and all(isinstance(kind, str) for kind in span["kinds"])
        for span in value
    )


def has_word(text: str, wanted: str) -> bool:
    """Whether a text stands in another as a whole, not as a piece of a longer word or address.

    A full stop at the end of a sentence is no part of an address.
    """
    if not wanted:
        return False
    part = r"[A-Za-z0-9_.@%+/-]"
    after = rf"(?=\.(?:\s|$)|(?!{part}))"
    return re.search(rf"(?<!{part}){re.escape(wanted)}{after}", text) is not None


def key_of(call: dict) -> str:
    """What two calls share if a person, asked about one, has answered for the other."""
    args = [[name, text_of(call["args"][name])] for name in sorted(call["args"])]
    return json.dumps([call["tool"], call["description"], args])


def views(text: str) -> list[tuple[str, str]]:
    """The text as it is, and what it holds in percent or base64 encoding, two layers deep."""
    found = [("plain", text)]
    layer = [text]
    for _ in range(2):
        deeper = []
        for seen in layer:
            decoded = re.sub(r"%([0-9a-fA-F]{2})", lambda hex: chr(int(hex[1], 16)), seen)
            if decoded != seen:
                deeper.append(("percent", decoded))
            # Where a run begins is not known: letters before it may belong to a path.
            for run in re.findall(r"[A-Za-z0-9+/_-]{12,}", seen):
                deeper += [("base64", from_base64(run[skip:])) for skip in range(4)]
        found += deeper
        layer = [view for _, view in deeper]
    return found


def from_base64(run: str) -> str:
    whole = run[:-1] if len(run) % 4 == 1 else run
    padded = whole + "=" * (-len(whole) % 4)
    return base64.b64decode(padded.replace("-", "+").replace("_", "/")).decode("latin-1")


def plain(text: str) -> str:
    """One form for what looks or counts alike: compatibility forms, case, invisible characters."""
    visible = unicodedata.normalize("NFKC", text)
    visible = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", visible)
    return " ".join(visible.lower().split())


def squeezed(text: str) -> str:
    """Letters and digits alone, so that dots and spaces in between hide nothing."""
    return re.sub(r"[^a-z0-9]", "", plain(text))
