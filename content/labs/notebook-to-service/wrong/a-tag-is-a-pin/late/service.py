"""The contract that clients see. Pure: a request goes in, a response comes out, and only answers to keys are remembered."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

from late.orders import Invalid, from_payload
from late.training import Artifact, digest, encode, score

KNOWN = {"order_id", "placed_at", "promised_at", "items", "weight_kg", "carrier"}
MAX_BYTES = 65_536
MAX_KEYS = 200

Response = dict[str, Any]


def predict(artifact: Artifact, payload: dict[str, Any], version: int = 2) -> dict[str, Any]:
    """The answer to a payload: score, decision and, from version 2 on, the features that raise the score most."""
    order = from_payload(payload, version)
    value = score(artifact, order)
    answer = {
        "version": version,
        "model": artifact["sha256"],
        "score": value,
        "decision": "call" if value >= artifact["threshold"] else "none",
    }
    if version == 1:
        return answer
    names, inputs = artifact["prep"]["names"], encode(artifact, order)
    raised = [(weight * x, name) for weight, x, name in zip(artifact["weights"], inputs, names) if weight * x > 0]
    raised.sort(key=lambda one: (-one[0], one[1]))
    return answer | {"reasons": [name for _, name in raised[:3]]}


class Service:
    """Answers requests with one artefact; refuses one that was changed after training."""

    def __init__(self, artifact: Artifact) -> None:
        if artifact.get("sha256") != digest(artifact):
            raise ValueError("the artefact is not what was trained: its sha256 differs")
        self._artifact = artifact
        self._answers: OrderedDict[str, tuple[str, Response]] = OrderedDict()

    def handle(self, method: str, path: str, headers: dict[str, str], body: str) -> Response:
        """Status, headers and body of the answer to a request. Never raises."""
        if path == "/health":
            if method != "GET":
                return _problem(405, "method-not-allowed", allow="GET")
            return _json(200, {"status": "ok", "model": self._artifact["sha256"]})
        version = {"/v1/predict": 1, "/v2/predict": 2}.get(path)
        if version is None:
            return _problem(404, "not-found")
        if method != "POST":
            return _problem(405, "method-not-allowed", allow="POST")
        lower = {name.lower(): value for name, value in headers.items()}
        if lower.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            return _problem(415, "unsupported-media-type")
        if len(body.encode()) > MAX_BYTES:
            return _problem(413, "too-large")
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            return _problem(400, "not-json")
        if not isinstance(payload, dict):
            return _problem(422, "invalid", fields={"": "must be an object"})
        key = lower.get("idempotency-key")
        # The spelling of a body does not make it another request; the version asked for does.
        sent = f"{version} {json.dumps(payload, sort_keys=True)}"
        if key is not None and key in self._answers:
            before, response = self._answers[key]
            if before != sent:
                return _problem(409, "key-reused")
            return response | {"headers": response["headers"] | {"idempotent-replay": "true"}}
        response = self._answer(payload, version)
        if key is not None and response["status"] == 200:
            self._answers[key] = (sent, response)
            if len(self._answers) > MAX_KEYS:
                self._answers.popitem(last=False)
        return response

    def _answer(self, payload: dict[str, Any], version: int) -> Response:
        try:
            answer = predict(self._artifact, payload, version)
        except Invalid as problem:
            return _problem(422, "invalid", fields=problem.fields)
        known = KNOWN | {"distance_km" if version == 1 else "distance_m"}
        return _json(200, answer | {"ignored": sorted(set(payload) - known)})


def _json(status: int, content: dict[str, Any], kind: str = "application/json") -> Response:
    return {"status": status, "headers": {"content-type": kind}, "body": json.dumps(content, sort_keys=True)}


def _problem(status: int, slug: str, fields: dict[str, str] | None = None, allow: str | None = None) -> Response:
    """A problem document as RFC 9457 has it."""
    content: dict[str, Any] = {"type": f"/problems/{slug}", "status": status}
    if fields is not None:
        content["fields"] = fields
    response = _json(status, content, "application/problem+json")
    if allow is not None:
        response["headers"]["allow"] = allow
    return response
