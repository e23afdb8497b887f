"""A release train for models. Records are dictionaries with the keys of the instructions."""

from __future__ import annotations

import json
import math
from typing import Any

Record = dict[str, Any]

TRIES = 3
# Ticks after which a candidate that has not convinced anybody is given up.
SHADOW_MOST = 40
# Requests in canary before it may go on; with a share of 0.1 some five ticks.
CANARY_LEAST = 200
CANARY_SHARE = 0.1
# Ticks of labels that are looked at together.
WINDOW = 4
CALM = 3


def digest(text: str) -> str:
    """FNV-1a of 32 bits, as eight hexadecimal digits. Good enough to name things here; not for secrets."""
    value = 0x811C9DC5
    for char in text:
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"


def check_batch(contract: Record, batch: Record, now: int) -> list[Record]:
    """Everything in a batch that breaks the contract."""
    problems: list[Record] = []
    if batch["rows"] < contract["minRows"]:
        problems.append({"rule": "rows", "column": None})
    if now - batch["madeAt"] > contract["maxAge"]:
        problems.append({"rule": "stale", "column": None})
    for column, promised in contract["columns"].items():
        found = batch["columns"].get(column)
        if found is None:
            problems.append({"rule": "missing", "column": column})
        elif found["type"] != promised["type"]:
            problems.append({"rule": "type", "column": column})
        else:
            if found["nulls"] > promised["maxNulls"]:
                problems.append({"rule": "nulls", "column": column})
            # A schema does not see that metres have become kilometres; a mean does.
            mean, sd = promised["mean"], promised["sd"]
            known = mean is not None and sd is not None
            if known and (found["mean"] is None or abs(found["mean"] - mean) > sd / 2):
                problems.append({"rule": "shift", "column": column})
    return problems


def job_key(inputs: Any) -> str:
    """The name of what comes out of a job: equal for equal inputs, however they are written down."""
    return digest(json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


class Candidate:
    """A version on its way to everybody. Counts are sums, not lists: memory does not grow with time."""

    def __init__(self, version: str, offline: Record, now: int) -> None:
        self.version = version
        self.offline = offline
        self.stage = "registering"
        self.since = now
        self.next_try = now
        self.tries = 0
        self.counts = {"n": 0, "errors": 0, "slow": 0}
        self.pairs = {"n": 0, "better": 0, "worse": 0}
        # What let it through the stage before, for the record.
        self.passed: list[Record] = []


class Train:
    """The train: looks at every tick, and says what is to be done and why."""

    def __init__(self, config: Record) -> None:
        self._config = config
        self._done: list[Record] = []
        self._keys: set[str] = set()
        self._job: Record | None = None
        self._candidate: Candidate | None = None
        self._live: Record = {"version": config["live"], "offline": config["offline"], "before": None}
        self._on_rules = False
        self._calm = 0
        self._window: list[Record] = []
        self._asked = False

    def tick(self, seen: Record) -> list[Record]:
        watchers = (self._watch_features, self._watch_quality, self._take_batch, self._take_job, self._move_candidate)
        actions = [action for watch in watchers for action in watch(seen)]
        self._done += [action | {"at": seen["now"]} for action in actions]
        return actions

    def timeline(self) -> list[Record]:
        """Every action so far, with the tick in which it was decided."""
        return self._done

    def _watch_features(self, seen: Record) -> list[Record]:
        """A feature that is not there hurts every version: rules take over until it has been back for a while."""
        columns, z = self._config["contract"]["columns"], self._config["z"]
        requests = max(1, seen["live"]["requests"])
        broken = []
        for name, share in seen["live"]["nulls"].items():
            most = columns.get(name, {"maxNulls": 1})["maxNulls"]
            if share > most + z * math.sqrt(most * (1 - most) / requests):
                broken.append(name)
        self._calm = 0 if broken else self._calm + 1
        if broken:
            self._window = []
            if self._on_rules:
                return []
            self._on_rules = True
            return [{"do": "fallback", "because": [evidence(seen, f"live.nulls.{name}") for name in broken]}]
        if not self._on_rules or self._calm < CALM:
            return []
        self._on_rules = False
        return [{"do": "resume", "because": [evidence(seen, f"live.nulls.{name}") for name in seen["live"]["nulls"]]}]

    def _watch_quality(self, seen: Record) -> list[Record]:
        """Outcomes decide, not drift: what has just been shipped goes back, what has grown old is trained again."""
        live = seen["labels"]["live"]
        if live is None or live["version"] != self._live["version"] or self._on_rules:
            return []
        self._window = [*self._window, live][-WINDOW:]
        n = sum(one["n"] for one in self._window)
        correct = sum(one["correct"] for one in self._window)
        if not is_above(n - correct, n, 1 - self._config["slo"]["quality"], self._config["z"]):
            return []
        because = [evidence(seen, "labels.live.correct"), evidence(seen, "labels.live.n")]
        self._window = []
        if self._live["before"] is not None:
            self._live = self._live["before"] | {"before": None}
            return [*self._drop(because), {"do": "rollback", "because": because}]
        if self._asked or self._job or self._candidate:
            return []
        self._asked = True
        return [{"do": "retrain", "because": because}]

    def _take_batch(self, seen: Record) -> list[Record]:
        batch = seen["batch"]
        if batch is None:
            return []
        self._asked = False
        problems = check_batch(self._config["contract"], batch, seen["now"])
        if problems:
            because = [evidence(seen, path_of(problem)) for problem in problems]
            return [{"do": "quarantine", "batch": batch["id"], "because": because}]
        key = job_key({"data": batch["digest"], "code": self._config["code"], "seed": self._config["seed"]})
        # The same inputs give the same artefact: what arrives twice is trained once, and one job runs at a time.
        if key in self._keys or self._job or self._candidate:
            return []
        self._keys.add(key)
        self._job = {"batch": batch["id"], "key": key, "tries": 1}
        return [{"do": "train", "batch": batch["id"], "key": key, "because": [evidence(seen, "batch.digest")]}]

    def _take_job(self, seen: Record) -> list[Record]:
        job, mine = seen["job"], self._job
        if job is None or mine is None or job["key"] != mine["key"]:
            return []
        if not job["ok"]:
            if mine["tries"] == TRIES:
                self._job = None
                return []
            mine["tries"] += 1
            again = {"do": "train", "batch": mine["batch"], "key": mine["key"]}
            return [again | {"because": [evidence(seen, "job.ok")]}]
        self._job = None
        offline, before = job["offline"], self._live["offline"]
        least = {name: quality - self._config["sliceMargin"] for name, quality in before["slices"].items()}
        # A better average may hide a slice that is worse.
        if any(offline["slices"].get(name, 0) < quality for name, quality in least.items()):
            return []
        if offline["quality"] < before["quality"] - self._config["margin"]:
            return []
        self._candidate = Candidate(job["version"], offline, seen["now"])
        return [{"do": "register", "version": job["version"], "because": [evidence(seen, "job.offline.quality")]}]

    def _move_candidate(self, seen: Record) -> list[Record]:
        candidate = self._candidate
        if candidate is None or candidate.since == seen["now"]:
            return []
        if candidate.stage == "registering":
            return self._try_registry(seen, candidate)
        # While rules serve there is nothing to compare with; what was counted before stays.
        if self._on_rules:
            return []
        arm = seen[candidate.stage]
        if arm is not None and arm["version"] == candidate.version:
            candidate.counts["n"] += arm["requests"]
            candidate.counts["errors"] += arm["errors"]
            candidate.counts["slow"] += arm.get("slow", 0)
        pairs = seen["labels"]["pairs"]
        if pairs is not None and pairs["version"] == candidate.version:
            for name in candidate.pairs:
                candidate.pairs[name] += pairs[name]
        judge = self._judge_shadow if candidate.stage == "shadow" else self._judge_canary
        return judge(seen, candidate)

    def _try_registry(self, seen: Record, candidate: Candidate) -> list[Record]:
        """A registry that is down is asked again, less and less often; nothing that is not registered is served."""
        answer, version = seen["registry"], candidate.version
        if answer is not None and answer["version"] == version:
            if answer["ok"]:
                candidate.stage, candidate.since = "shadow", seen["now"]
                return [{"do": "shadow", "version": version, "because": [evidence(seen, "registry.ok")]}]
            candidate.next_try = seen["now"] + min(4, 2**candidate.tries)
            candidate.tries += 1
            candidate.passed = [evidence(seen, "registry.ok")]
        if seen["now"] != candidate.next_try or not candidate.passed:
            return []
        return [{"do": "register", "version": version, "because": candidate.passed}]

    def _judge_shadow(self, seen: Record, candidate: Candidate) -> list[Record]:
        z, margin = self._config["z"], self._config["margin"]
        counts, pairs = candidate.counts, candidate.pairs
        if is_above(counts["errors"], counts["n"], self._config["slo"]["errors"], z):
            return self._drop([evidence(seen, "shadow.errors")])
        if pairs["n"] == 0 or seen["labels"]["pairs"] is None:
            return []
        difference = (pairs["better"] - pairs["worse"]) / pairs["n"]
        error = math.sqrt(pairs["better"] + pairs["worse"]) / pairs["n"]
        because = [evidence(seen, "labels.pairs.better"), evidence(seen, "labels.pairs.worse")]
        if difference + z * error < -margin / 2 or seen["now"] - candidate.since > SHADOW_MOST:
            return self._drop(because)
        # No worse has to be shown: not to see a difference is not the same.
        if difference - z * error <= -margin:
            return []
        # Shadow has shown what users will see.
        before = {"version": self._live["version"], "offline": self._live["offline"]}
        self._live = {"version": candidate.version, "offline": candidate.offline, "before": before}
        self._candidate = None
        return [{"do": "promote", "version": candidate.version, "because": because}]

    def _judge_canary(self, seen: Record, candidate: Candidate) -> list[Record]:
        slo, counts = self._config["slo"], candidate.counts
        for name in ("errors", "slow"):
            if is_above(counts[name], counts["n"], slo[name], self._config["z"]):
                return self._drop([evidence(seen, f"canary.{name}")])
        allowed = all(counts[name] <= counts["n"] * slo[name] for name in ("errors", "slow"))
        if counts["n"] < CANARY_LEAST or not allowed:
            return []
        before = {"version": self._live["version"], "offline": self._live["offline"]}
        self._live = {"version": candidate.version, "offline": candidate.offline, "before": before}
        self._candidate = None
        self._window = []
        because = [*candidate.passed, evidence(seen, "canary.errors"), evidence(seen, "canary.slow")]
        return [{"do": "promote", "version": candidate.version, "because": because}]

    def _drop(self, because: list[Record]) -> list[Record]:
        candidate, self._candidate = self._candidate, None
        if candidate is None or candidate.stage == "registering":
            return []
        return [{"do": "stop", "version": candidate.version, "because": because}]


def is_above(count: int, n: int, limit: float, z: float) -> bool:
    """Whether `count` of `n` shows a share above `limit`: by `z` standard errors, and by more than three cases."""
    expected = n * limit
    return count - expected > max(3, z * math.sqrt(expected * (1 - limit)))


def path_of(problem: Record) -> str:
    rule, column = problem["rule"], problem["column"]
    if rule == "rows":
        return "batch.rows"
    if rule == "stale":
        return "batch.madeAt"
    if rule == "missing":
        return "batch.digest"
    return f"batch.columns.{column}.{'mean' if rule == 'shift' else rule}"


def evidence(seen: Record, path: str) -> Record:
    value: Any = seen
    for part in path.split("."):
        value = value[part]
    return {"at": seen["now"], "path": path, "value": value}
