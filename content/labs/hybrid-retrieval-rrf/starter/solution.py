from __future__ import annotations

Qrels = dict[str, dict[str, int]]
Runs = dict[str, list[str]]


def words(text: str) -> list[str]:
    return text.split(" ")


def chunk(text: str, size: int, overlap: int) -> list[list[str]]:
    return [words(text)]


def embed(text: str, dims: int) -> list[float]:
    return [0.0] * dims


def fuse(lists: list[list[str]], k: int = 60) -> list[dict]:
    return []


class Index:
    def __init__(self, settings: dict) -> None:
        self._settings = settings

    def add(self, doc: dict) -> None:
        pass

    def remove(self, id: str) -> bool:
        return False

    def search(self, query: dict) -> list[dict]:
        return [{"id": "none", "score": 0}]

    def search_all(self, texts: list[str], query: dict) -> list[dict]:
        return []


def evaluate(qrels: Qrels, runs: Runs, k: int) -> dict[str, float]:
    return {"recall": 0, "mrr": 0, "ndcg": 0, "judged": 0}


def compare(qrels: Qrels, a: Runs, b: Runs, k: int) -> dict[str, float]:
    return {"wins": 0, "losses": 0, "ties": 0, "meanDiff": 0, "p": 1}
