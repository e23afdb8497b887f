"""Documents, searched by keywords, by vectors, or by both, and the evidence of what that gains."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Iterable, Sequence

Qrels = dict[str, dict[str, int]]
Runs = dict[str, list[str]]


def words(text: str) -> list[str]:
    """Lower-case runs of a-z and 0-9; a hyphen between two runs joins them."""
    return re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower())


def chunk(text: str, size: int, overlap: int) -> list[list[str]]:
    """Windows of `size` words, `size - overlap` apart; the last one ends with the text."""
    everything = words(text)
    chunks: list[list[str]] = []
    for start in range(0, len(everything), size - overlap):
        chunks.append(everything[start : start + size])
        if start + size >= len(everything):
            break
    return chunks


def embed(text: str, dims: int) -> list[float]:
    """A hashed embedding: signed counts of the letter triples of each word, of length 1."""
    vector = [0.0] * dims
    for word in words(text):
        padded = f"#{word}#"
        for at in range(len(padded) - 2):
            value = fnv(padded[at : at + 3])
            vector[value % dims] += 1 if (value >> 16) & 1 else -1
    length = math.sqrt(dot(vector, vector))
    return vector if length == 0 else [value / length for value in vector]


def fnv(text: str) -> int:
    """FNV-1a over character codes, 32 bits."""
    value = 0x811C9DC5
    for letter in text:
        value = ((value ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return value


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def rounded(score: float) -> float:
    """Nine decimals: what differs by less is rounding, and ranks as equal."""
    return math.floor(score * 1e9 + 0.5) / 1e9


def ranked(scores: Iterable[tuple[str, float]]) -> list[dict]:
    """Best first; equal scores by id."""
    hits = [{"id": id, "score": rounded(score)} for id, score in scores]
    return sorted(hits, key=lambda hit: (-hit["score"], hit["id"]))


def ids_of(hits: list[dict]) -> list[str]:
    return [hit["id"] for hit in hits]


def fuse(lists: list[list[str]], k: int = 60) -> list[dict]:
    """Reciprocal rank fusion: places count, scores do not."""
    scores: dict[str, float] = {}
    for found in lists:
        for place, id in enumerate(found, start=1):
            scores[id] = scores.get(id, 0) + 1 / (k + place)
    return ranked(scores.items())


@dataclass(eq=False)
class Chunk:
    counts: Counter[str]
    length: int
    vector: list[float]


@dataclass
class Stored:
    meta: dict[str, str]
    chunks: list[Chunk]


class Index:
    def __init__(self, settings: dict) -> None:
        self._settings = settings
        self._docs: dict[str, Stored] = {}
        # Chunks that hold a word, by document: what BM25 counts, kept up to date.
        self._postings: dict[str, dict[str, list[Chunk]]] = {}
        self._holders: Counter[str] = Counter()
        self._chunk_count = 0
        self._word_count = 0

    def add(self, doc: dict) -> None:
        """Adds a document; one with the same id is replaced."""
        self.remove(doc["id"])
        settings = self._settings
        chunks = [
            Chunk(Counter(part), len(part), embed(" ".join(part), settings["dims"]))
            for part in chunk(doc["text"], settings["chunk"], settings["overlap"])
        ]
        self._docs[doc["id"]] = Stored(doc["meta"], chunks)
        for one in chunks:
            self._chunk_count += 1
            self._word_count += one.length
            self._holders.update(one.counts.keys())
            for word in one.counts:
                self._postings.setdefault(word, {}).setdefault(doc["id"], []).append(one)

    def remove(self, id: str) -> bool:
        """Forgets a document and all that was counted of it. False if there is none."""
        doc = self._docs.pop(id, None)
        if doc is None:
            return False
        for one in doc.chunks:
            self._chunk_count -= 1
            self._word_count -= one.length
            self._holders -= Counter(one.counts.keys())
        for word in {word for one in doc.chunks for word in one.counts}:
            del self._postings[word][id]
            if not self._postings[word]:
                del self._postings[word]
        return True

    def search(self, query: dict) -> list[dict]:
        return self._rank(query)[: query["k"]]

    def search_all(self, texts: list[str], query: dict) -> list[dict]:
        """Several wordings of one question: the lists are fused, none replaces another."""
        depth = self._settings["depth"]
        lists = [ids_of(self._rank({**query, "text": text})[:depth]) for text in texts]
        return fuse(lists)[: query["k"]]

    def _rank(self, query: dict) -> list[dict]:
        text, filter = query["text"], query.get("filter") or {}
        if query["mode"] == "bm25":
            return self._by_words(text, filter)
        if query["mode"] == "vector":
            return self._by_vector(text, filter)
        depth = self._settings["depth"]
        lists = [self._by_words(text, filter), self._by_vector(text, filter)]
        return fuse([ids_of(hits[:depth]) for hits in lists])

    def _is_allowed(self, id: str, filter: dict[str, list[str]]) -> bool:
        """A hidden document must not take a place in any list: filter first, then rank."""
        meta = self._docs[id].meta
        return all(meta.get(key, "") in values for key, values in filter.items())

    def _by_words(self, text: str, filter: dict[str, list[str]]) -> list[dict]:
        """A document is worth its best chunk."""
        terms = [word for word in dict.fromkeys(words(text)) if word in self._postings]
        candidates: dict[str, dict[Chunk, None]] = {}
        for word in terms:
            for id, chunks in self._postings[word].items():
                if self._is_allowed(id, filter):
                    candidates.setdefault(id, {}).update(dict.fromkeys(chunks))
        return ranked(
            (id, max(self._bm25(one, terms) for one in chunks))
            for id, chunks in candidates.items()
        )

    def _bm25(self, one: Chunk, terms: list[str]) -> float:
        k1, b, count = self._settings["k1"], self._settings["b"], self._chunk_count
        norm = k1 * (1 - b + b * one.length * count / self._word_count)
        score = 0.0
        for word in terms:
            if (found := one.counts[word]) == 0:
                continue
            holders = self._holders[word]
            idf = math.log(1 + (count - holders + 0.5) / (holders + 0.5))
            score += idf * found * (k1 + 1) / (found + norm)
        return score

    def _by_vector(self, text: str, filter: dict[str, list[str]]) -> list[dict]:
        wanted = embed(text, self._settings["dims"])
        hits = ranked(
            (id, max(dot(wanted, one.vector) for one in doc.chunks))
            for id, doc in self._docs.items()
            if doc.chunks and self._is_allowed(id, filter)
        )
        return [hit for hit in hits if hit["score"] > 0]


def evaluate(qrels: Qrels, runs: Runs, k: int) -> dict[str, float]:
    """Means over the queries that have a relevant document. Unjudged is gain 0, and reported."""
    sums = {"recall": 0.0, "mrr": 0.0, "ndcg": 0.0, "judged": 0.0}
    queries = [query for query, gains in qrels.items() if relevant_in(gains)]
    for query in queries:
        gains = qrels[query]
        top = runs.get(query, [])[:k]
        places = [place for place, id in enumerate(top, start=1) if gains.get(id, 0) > 0]
        sums["recall"] += len(places) / len(relevant_in(gains))
        sums["mrr"] += 1 / places[0] if places else 0
        sums["ndcg"] += ndcg(gains, top, k)
        sums["judged"] += sum(id in gains for id in top) / len(top) if top else 0
    return {name: total / len(queries) if queries else 0 for name, total in sums.items()}


def relevant_in(gains: dict[str, int]) -> list[str]:
    return [id for id, gain in gains.items() if gain > 0]


def ndcg(gains: dict[str, int], top: list[str], k: int) -> float:
    """The ideal order is that of all judged documents, not of those that were found."""
    ideal = sorted(gains.values(), reverse=True)[:k]
    return dcg([gains.get(id, 0) for id in top]) / dcg(ideal)


def dcg(values: list[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(values))


def compare(qrels: Qrels, a: Runs, b: Runs, k: int) -> dict[str, float]:
    """Query by query, by nDCG: is `b` better than `a`, or was it luck?"""
    diffs = [
        rounded(ndcg(gains, b.get(query, [])[:k], k) - ndcg(gains, a.get(query, [])[:k], k))
        for query, gains in qrels.items()
        if relevant_in(gains)
    ]
    wins = sum(diff > 0 for diff in diffs)
    losses = sum(diff < 0 for diff in diffs)
    return {
        "wins": wins,
        "losses": losses,
        "ties": len(diffs) - wins - losses,
        "meanDiff": sum(diffs) / len(diffs) if diffs else 0,
        "p": sign_test(wins + losses, min(wins, losses)),
    }


def sign_test(count: int, few: int) -> float:
    """P of at most `few` heads in `count` fair throws, both sides, at most 1."""
    return min(1.0, 2 * sum(math.comb(count, heads) for heads in range(few + 1)) / 2**count)
