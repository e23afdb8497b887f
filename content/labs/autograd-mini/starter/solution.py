from __future__ import annotations

import random
from typing import Any, Callable, Iterable, Sequence

Number = float | int
Rows = list[list[float]]


class Value:
    """A number in a graph: data, grad, and the operators of the instructions."""

    def __init__(self, data: Number) -> None:
        self.data = float(data)
        self.grad = 0.0

    def __add__(self, other: Value | Number) -> Value:
        return Value(self.data)

    def backward(self) -> None:
        pass


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "tanh": lambda a: a.tanh(),
    "relu": lambda a: a.relu(),
}


def trace(program: list[list], inputs: list[float], passes: int = 1) -> dict:
    """Builds a graph, goes back through it from its last node, returns all values and gradients.

    Given: leave it as it is. A line of the program is an operation and its operands: the index of a node, inputs
    first, or {"c": number} for a plain number.
    """
    nodes: list[Value] = [Value(x) for x in inputs]
    for name, *operands in program:
        taken = [x["c"] if isinstance(x, dict) else nodes[x] for x in operands]
        nodes.append(OPERATIONS[name](*taken))
    for _ in range(passes):
        nodes[-1].backward()
    return {"data": [node.data for node in nodes], "grad": [node.grad for node in nodes]}


class ShapeError(ValueError):
    """Two matrices do not fit together; the message names both shapes."""


class Matrix:
    """Rows of numbers in a graph: data, grad, shape, and the methods of the instructions."""

    def __init__(self, data: Rows) -> None:
        self.data = data
        self.grad = [[0.0] * len(row) for row in data]


class MLP:
    """Layers of tanh neurons and one linear layer at the end."""

    def __init__(self, sizes: Sequence[int], seed: int) -> None:
        self.random = random.Random(seed)

    def params(self) -> list[Value]:
        return []

    def __call__(self, x: Iterable[Value | Number]) -> list[Value]:
        return [Value(0.0)]


class SGD:
    def __init__(self, params: list[Value], lr: float) -> None:
        self.params, self.lr = params, lr

    def step(self) -> None:
        pass

    def zero_grad(self) -> None:
        pass


class Adam:
    def __init__(
        self,
        params: list[Value],
        lr: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        self.params, self.lr, self.betas, self.eps = params, lr, betas, eps

    def step(self) -> None:
        pass

    def zero_grad(self) -> None:
        pass

    def state_dict(self) -> dict:
        return {}

    def load_state_dict(self, state: dict) -> None:
        pass


def train(config: dict, checkpoint: dict | None = None) -> dict:
    return {"history": [], "params": [], "scores": [], "checkpoint": {}}
