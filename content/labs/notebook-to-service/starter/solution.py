"""From a notebook to a service. `notebook.py` is what you were given; everything below is to be written."""

from __future__ import annotations

from typing import Any


def split(rows: list[dict[str, Any]], cutoff_ms: int) -> dict[str, list[str]]:
    """Ids for training and for testing, by time."""
    return {"train": [], "test": []}


def from_row(row: dict[str, Any]) -> dict[str, Any]:
    """An order from the warehouse's export, in a form of your choice."""
    return {}


def from_payload(payload: dict[str, Any], version: int) -> dict[str, Any]:
    """The same order from what a shop sends."""
    return {}


def train(rows: list[dict[str, Any]], config: dict[str, Any]) -> dict[str, Any]:
    """The artefact: everything that serving needs, as JSON."""
    return {"version": 1, "prep": {"names": []}, "bias": 0.0, "weights": [], "threshold": 0.5, "trained_on": 0, "sha256": ""}


def encode(artifact: dict[str, Any], order: dict[str, Any]) -> list[float]:
    """The standardised features of an order."""
    return []


def metrics(labels: list[int], scores: list[float], threshold: float, costs: dict[str, float]) -> dict[str, Any]:
    """What calling from `threshold` on does."""
    return {}


def predict(artifact: dict[str, Any], payload: dict[str, Any], version: int = 2) -> dict[str, Any]:
    """The answer to one payload."""
    return {}


class Service:
    """Answers requests with one artefact."""

    def __init__(self, artifact: dict[str, Any]) -> None:
        self.artifact = artifact

    def handle(self, method: str, path: str, headers: dict[str, str], body: str) -> dict[str, Any]:
        """Status, headers and body of the answer to a request."""
        return {"status": 501, "headers": {}, "body": ""}
