"""An assistant for an insurer's agents. Records are dictionaries with the keys of the instructions."""

from __future__ import annotations

import copy
import math
import re
from typing import Any

Record = dict[str, Any]

HOURS_PER_MONTH = 730
WORD = re.compile(r"[a-z0-9]+")
# A sentence that speaks to the assistant is somebody's wish, not a fact, wherever it stands.
ADDRESSED = re.compile(r"^\W*(assistant|system|ai)\s*[,:]", re.IGNORECASE)


class Text:
    """The words that carry meaning."""

    def __init__(self, config: Record) -> None:
        self._stop = set(config["stopWords"])
        self._canonical = {word: group[0] for group in config["synonyms"] for word in group}

    def terms(self, sentence: str) -> set[str]:
        """Each word as the first of its synonyms. Numbers are words."""
        words = WORD.findall(sentence.lower())
        return {self._canonical.get(word, word) for word in words if word not in self._stop}


def may_read(user: Record, doc: Record) -> bool:
    in_group = not doc["groups"] or any(group in user["groups"] for group in doc["groups"])
    return user["level"] >= doc["level"] and in_group


class Assistant:
    """Answers from documents that the user may read, or says that it cannot."""

    def __init__(self, config: Record) -> None:
        self._config = config
        self._text = Text(config)
        self._documents: dict[str, Record] = {}
        # Newest version of every document, deleted ones included: what comes late changes nothing.
        self._versions: dict[str, int] = {}
        # Term to the sentences that hold it, by document.
        self._index: dict[str, dict[str, set[int]]] = {}
        self._cache: dict[Any, Record] = {}
        self._log: list[Record] = []
        # When the next document becomes valid, and answers may change without a change.
        self._stale_at = math.inf

    def ingest(self, change: Record) -> None:
        """Takes a change of a document. Changes may come late, twice and out of order."""
        is_put = change["kind"] == "put"
        id, version = (change["doc"]["id"], change["doc"]["version"]) if is_put else (change["id"], change["version"])
        known = self._versions.get(id, -1)
        # Of equal versions the deletion wins: what was asked to be gone stays gone.
        if version < known or (version == known and is_put):
            return
        self._versions[id] = version
        self._remove(id)
        # Any change may make any answer another one, an abstention too.
        self._cache.clear()
        if is_put:
            self._add(change["doc"])

    def ask(self, user: Record, question: str, now: int) -> Record:
        if now >= self._stale_at:
            self._cache.clear()
        # Users who may read the same share answers.
        key = (user["level"], tuple(sorted(set(user["groups"]))), question.strip().lower())
        known = self._cache.get(key)
        answer = known | {"cached": True} if known is not None else self._answer(user, question, now)
        if known is None:
            self._remember(key, answer, now)
        docs = list(dict.fromkeys(one["doc"] for claim in answer["claims"] for one in claim["evidence"]))
        self._log.append({"at": now, "user": user["id"], "question": question, "docs": docs, "answer": answer["answer"]})
        return answer

    def state(self) -> Record:
        """Everything that it holds, as it is now."""
        held = {"documents": list(self._documents.values()), "cache": list(self._cache.values()), "log": self._log}
        return copy.deepcopy(held)

    def _answer(self, user: Record, question: str, now: int) -> Record:
        abstained = {"answer": None, "claims": [], "abstained": True, "cached": False}
        asked = self._text.terms(question)
        if not asked:
            return abstained
        # Permission comes before ranking: what may not be read is not even a candidate.
        found = [
            (doc, sentence)
            for doc, sentence in self._candidates(asked)
            if may_read(user, doc) and doc["validFrom"] <= now
        ]
        newest = max((doc["validFrom"] for doc, _ in found), default=0)
        passages = [
            {"doc": doc["id"], "version": doc["version"], "sentence": sentence}
            for doc, sentence in found
            if doc["validFrom"] == newest
        ]
        texts = list(dict.fromkeys(one["sentence"] for one in passages))
        # Two documents that are equally new and say different things: a person has to look.
        if len(texts) != 1:
            return abstained
        claims = ground(self._config, texts, passages)
        if not claims:
            return abstained
        text = " ".join(claim["text"] for claim in claims)
        return {"answer": text, "claims": claims, "abstained": False, "cached": False}

    def _candidates(self, asked: set[str]) -> list[tuple[Record, str]]:
        """Sentences of trusted documents that hold every word that carries the question."""
        if any(term not in self._index for term in asked):
            return []
        rarest, *others = sorted((self._index[term] for term in asked), key=len)
        return [
            (self._documents[id], self._documents[id]["sentences"][place])
            for id, places in rarest.items()
            for place in sorted(places)
            if all(place in other.get(id, ()) for other in others)
        ]

    def _add(self, doc: Record) -> None:
        self._documents[doc["id"]] = doc
        if doc["source"] not in self._config["trusted"]:
            return
        for place, sentence in enumerate(doc["sentences"]):
            if ADDRESSED.match(sentence):
                continue
            for term in self._text.terms(sentence):
                self._index.setdefault(term, {}).setdefault(doc["id"], set()).add(place)

    def _remove(self, id: str) -> None:
        doc = self._documents.pop(id, None)
        if doc is None:
            return
        for term in {term for sentence in doc["sentences"] for term in self._text.terms(sentence)}:
            places = self._index.get(term, {})
            places.pop(id, None)
            if not places:
                self._index.pop(term, None)

    def _remember(self, key: Any, answer: Record, now: int) -> None:
        if not self._cache:
            later = [doc["validFrom"] for doc in self._documents.values() if doc["validFrom"] > now]
            self._stale_at = min(later, default=math.inf)
        self._cache[key] = answer
        if len(self._cache) > self._config["cacheSize"]:
            del self._cache[next(iter(self._cache))]


def replay(config: Record, operations: list[list[Any]]) -> list[Any]:
    """Plays operations on a new assistant and returns what each gave. The tests use it."""
    assistant = Assistant(config)
    return [getattr(assistant, name)(*arguments) for name, *arguments in operations]


def ground(config: Record, draft: list[str], passages: list[Record]) -> list[Record]:
    """Of a model's draft the claims that a passage supports, with the passages that do."""
    text = Text(config)
    held = [(one, text.terms(one["sentence"])) for one in passages if not ADDRESSED.match(one["sentence"])]
    claims = []
    for claim in draft:
        terms = text.terms(claim)
        # One sentence has to hold all of it: half from here and half from there is a new claim.
        evidence = [passage for passage, known in held if terms and terms <= known]
        if evidence and not ADDRESSED.match(claim):
            claims.append({"text": claim, "evidence": evidence})
    return claims


def says(answer: str | None, expected: str) -> bool:
    """Whether an answer says a value, as a whole word and not as a part of another."""
    words = [" " + " ".join(WORD.findall(text.lower())) + " " for text in (answer or "", expected)]
    return answer is not None and words[1] in words[0]


def evaluate(cases: list[Record], answers: dict[str, Record]) -> Record:
    report: Record = {
        "answerable": {"n": 0, "answered": 0, "right": 0},
        "unanswerable": {"n": 0, "abstained": 0},
        "slices": {},
        "unsupported": 0,
        "failed": [],
    }
    for case in cases:
        answer = answers.get(case["id"])
        # What is missing has neither answered nor abstained: it has failed.
        answered = answer is not None and not answer["abstained"]
        if case["expected"] is None:
            good = answer is not None and answer["abstained"]
            report["unanswerable"]["n"] += 1
            report["unanswerable"]["abstained"] += good
        else:
            good = answered and says(answer["answer"], case["expected"])
            report["answerable"]["n"] += 1
            report["answerable"]["answered"] += answered
            report["answerable"]["right"] += good
        counted = report["slices"].setdefault(case["slice"], {"n": 0, "good": 0})
        counted["n"] += 1
        counted["good"] += good
        if case["critical"] and not good:
            report["failed"].append(case["id"])
        if answer is not None:
            report["unsupported"] += sum(1 for claim in answer["claims"] if not claim["evidence"])
    report["failed"].sort()
    return report


def gate(before: Record, after: Record, policy: Record) -> Record:
    def share(part: int, whole: int) -> float:
        return part / whole if whole else 1.0

    reasons = []
    if after["failed"]:
        reasons.append("critical")
    if after["unsupported"] > 0:
        reasons.append("unsupported")
    if share(after["answerable"]["right"], after["answerable"]["n"]) < policy["minRight"]:
        reasons.append("right")
    if share(after["unanswerable"]["abstained"], after["unanswerable"]["n"]) < policy["minAbstained"]:
        reasons.append("abstained")
    for name, was in before["slices"].items():
        if was["n"] < policy["minSlice"]:
            continue
        # A slice that is no longer measured cannot be shown to be as good.
        now = after["slices"].get(name, {"n": 1, "good": 0})
        if share(now["good"], now["n"]) < share(was["good"], was["n"]) - policy["sliceMargin"]:
            reasons.append(f"slice {name}")
    return {"pass": not reasons, "reasons": sorted(reasons)}


def plan(traffic: Record, server: Record) -> Record:
    slots, zones, utilisation = server["slots"], server["zones"], server["utilisation"]
    seconds = traffic["tokensIn"] / server["prefillPerSecond"] + traffic["tokensOut"] / server["decodePerSecond"]
    # Little's law: slots that are busy at once. A cached answer takes none.
    needed = max(traffic["perMinute"]) / 60 * (1 - traffic["cached"]) * seconds
    replicas = 1
    while (replicas - math.ceil(replicas / zones)) * slots * utilisation < needed and replicas <= server["maxReplicas"]:
        replicas += 1
    if replicas > server["maxReplicas"]:
        return {"feasible": False, "needed": needed}
    per_month = replicas * server["pricePerHour"] * HOURS_PER_MONTH
    mean = sum(traffic["perMinute"]) / len(traffic["perMinute"])
    return {
        "feasible": True,
        "replicas": replicas,
        "perMonth": per_month,
        "perAnswer": per_month / (mean * 60 * HOURS_PER_MONTH),
        "busy": needed / (replicas * slots),
    }
