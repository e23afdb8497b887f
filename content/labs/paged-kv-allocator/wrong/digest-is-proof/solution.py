"""Memory for keys and values in blocks of a few tokens, shared by prefix.

The tokens stand for what would be cached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Sequence as Items

PUBLIC = ""  # scope of a block that everybody may share; a tenant's name cannot be empty


def digest(parent: int, tokens: Items[int], bits: int) -> int:
    """A short key for the tokens of a block after the block with digest `parent` (FNV-1a)."""
    value = 0x811C9DC5
    for word in (parent, *tokens):
        value = ((value ^ (word & 0xFFFF)) * 0x01000193) & 0xFFFFFFFF
        value = ((value ^ (word >> 16)) * 0x01000193) & 0xFFFFFFFF
    return value % 2**bits


@dataclass(eq=False)
class Node:
    """A block that is full and known by what it holds, its scope, and the blocks before it."""

    key: int
    scope: str
    block: Block
    parent: Node | None
    children: dict[int, list[Node]] = field(default_factory=dict)


@dataclass(eq=False)
class Block:
    id: int
    tokens: list[int] = field(default_factory=list)
    refs: int = 1
    node: Node | None = None


@dataclass
class Sequence:
    tenant: str
    blocks: list[Block]
    length: int


def refused(reason: str) -> dict:
    return {"ok": False, "reason": reason}


class Pool:
    def __init__(self, options: dict) -> None:
        self._size: int = options["blockSize"]
        self._bits: int = options["digestBits"]
        self._sequences: dict[str, Sequence] = {}
        self._free = list(range(options["blocks"] - 1, -1, -1))
        # Blocks that nobody uses and that are still known, least recently used first.
        self._idle: dict[int, Block] = {}
        self._roots: dict[int, list[Node]] = {}

    def alloc(self, id: str, tokens: list[int], tenant: str, public_tokens: int = 0) -> dict:
        """Stores a prompt, sharing known blocks. Nothing changes if the rest does not fit."""
        if id in self._sequences:
            return refused("exists")
        known = [node.block for node in self._known(tokens, tenant, public_tokens)]
        missing = -(-len(tokens) // self._size) - len(known)
        idle_and_wanted = sum(block.refs == 0 for block in known)
        if missing > len(self._free) + len(self._idle) - idle_and_wanted:
            return refused("full")
        for block in known:
            self._hold(block)
        shared = len(known) * self._size
        sequence = self._sequences[id] = Sequence(tenant, known, shared)
        for start in range(shared, len(tokens), self._size):
            block = self._take()
            block.tokens = tokens[start : start + self._size]
            sequence.blocks.append(block)
            sequence.length += len(block.tokens)
            if len(block.tokens) == self._size:
                self._learn(sequence, self._scope_at(start, tenant, public_tokens))
        return {"ok": True, "shared": shared}

    def append(self, id: str, token: int) -> dict:
        """Adds a token. A block that others use too is copied first."""
        sequence = self._sequences.get(id)
        if sequence is None:
            return refused("unknown")
        is_full = sequence.length % self._size == 0
        copied = not is_full and sequence.blocks[-1].refs > 1
        if is_full or copied:
            if not self._free and not self._idle:
                return refused("full")
            block = self._take()
            if copied:
                shared = sequence.blocks.pop()
                block.tokens = list(shared.tokens)
                self._release(shared)
            sequence.blocks.append(block)
        sequence.blocks[-1].tokens.append(token)
        sequence.length += 1
        if sequence.length % self._size == 0:
            self._learn(sequence, sequence.tenant)
        return {"ok": True, "copied": copied}

    def fork(self, parent: str, child: str) -> dict:
        """A second sequence with the same tokens; nothing is copied until one of them grows."""
        source = self._sequences.get(parent)
        if source is None:
            return refused("unknown")
        if child in self._sequences:
            return refused("exists")
        for block in source.blocks:
            self._hold(block)
        self._sequences[child] = Sequence(source.tenant, list(source.blocks), source.length)
        return {"ok": True}

    def free(self, id: str) -> dict:
        sequence = self._sequences.pop(id, None)
        if sequence is None:
            return refused("unknown")
        # From the end: a block is useless without those before it, so the last give way first.
        for block in reversed(sequence.blocks):
            self._release(block)
        return {"ok": True}

    def match(self, tokens: list[int], tenant: str, public_tokens: int = 0) -> dict:
        """How much of a prompt is known to this tenant: whole blocks, from the start."""
        blocks = len(self._known(tokens, tenant, public_tokens))
        return {"blocks": blocks, "tokens": blocks * self._size}

    def table(self, id: str) -> list[int] | None:
        sequence = self._sequences.get(id)
        return None if sequence is None else [block.id for block in sequence.blocks]

    def read(self, id: str) -> list[int] | None:
        """A sequence's tokens as its blocks hold them."""
        sequence = self._sequences.get(id)
        if sequence is None:
            return None
        return [token for block in sequence.blocks for token in block.tokens]

    def stats(self) -> dict[str, int]:
        used = {b.id: b for sequence in self._sequences.values() for b in sequence.blocks}
        return {
            "used": len(used),
            "cached": len(self._idle),
            "free": len(self._free),
            "shared": sum(block.refs > 1 for block in used.values()),
            "wasted": sum(self._size - len(block.tokens) for block in used.values()),
        }

    def _scope_at(self, start: int, tenant: str, public_tokens: int) -> str:
        return PUBLIC if start + self._size <= public_tokens else tenant

    def _known(self, tokens: list[int], tenant: str, public_tokens: int) -> list[Node]:
        path: list[Node] = []
        for start in range(0, len(tokens) - self._size + 1, self._size):
            parent = path[-1] if path else None
            scope = self._scope_at(start, tenant, public_tokens)
            node = self._find(parent, tokens[start : start + self._size], scope)
            if node is None:
                break
            path.append(node)
        return path

    def _siblings(self, parent: Node | None) -> dict[int, list[Node]]:
        return self._roots if parent is None else parent.children

    def _key(self, parent: Node | None, tokens: list[int]) -> int:
        return digest(0 if parent is None else parent.key, tokens, self._bits)

    def _find(self, parent: Node | None, tokens: list[int], scope: str) -> Node | None:
        """A digest only says where to look: what is found is compared."""
        for node in self._siblings(parent).get(self._key(parent, tokens), ()):
            if node.scope == scope:
                return node
        return None

    def _learn(self, sequence: Sequence, scope: str) -> None:
        """Makes the last block known, now that it is full; or goes on with a known twin."""
        block = sequence.blocks[-1]
        parent = sequence.blocks[-2].node if len(sequence.blocks) > 1 else None
        twin = self._find(parent, block.tokens, scope)
        if twin is not None:
            self._hold(twin.block)
            sequence.blocks[-1] = twin.block
            self._release(block)
            return
        key = self._key(parent, block.tokens)
        block.node = Node(key, scope, block, parent)
        self._siblings(parent).setdefault(key, []).append(block.node)

    def _hold(self, block: Block) -> None:
        block.refs += 1
        self._idle.pop(block.id, None)

    def _release(self, block: Block) -> None:
        block.refs -= 1
        if block.refs > 0:
            return
        if block.node is not None:
            self._idle[block.id] = block
        else:
            self._free.append(block.id)

    def _take(self) -> Block:
        """An empty block, held once. There must be one that is free or idle."""
        return Block(self._free.pop() if self._free else self._evict())

    def _evict(self) -> int:
        """Forgets the block that was not used for the longest time."""
        block = self._idle.pop(next(iter(self._idle)))
        assert block.node is not None
        siblings = self._siblings(block.node.parent)
        siblings[block.node.key].remove(block.node)
        if not siblings[block.node.key]:
            del siblings[block.node.key]
        return block.id


def replay(options: dict, calls: list[list]) -> list[Any]:
    """Plays a list of calls on a new pool and returns what each returned."""
    pool = Pool(options)
    return [getattr(pool, name)(*args) for name, *args in calls]
