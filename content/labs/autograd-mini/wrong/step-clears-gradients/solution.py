"""Reverse-mode differentiation from scratch: scalars, small matrices, an MLP, two optimisers, a loop.

A node knows its value and its parents. `backward` walks the graph from the result to the
leaves, every node after all nodes that use it, and adds what flows back to `grad`.
"""

from __future__ import annotations

import math
import random
from typing import Any, Callable, Iterable, Sequence, TypeVar

Number = float | int
Rows = list[list[float]]
Node = TypeVar("Node", "Value", "Matrix")


def users_first(root: Node) -> list[Node]:
    """All nodes that the root depends on, each after everything that uses it.

    The stack is a list, so a chain may be as long as memory allows.
    """
    order: list[Node] = []
    seen = {id(root)}
    stack = [(root, iter(root.parents))]
    while stack:
        node, rest = stack[-1]
        for parent, _ in rest:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            order.append(node)
            stack.pop()
    order.reverse()
    return order


class Value:
    """A number in a graph. Each parent comes with the derivative of this value by it."""

    __slots__ = ("data", "grad", "parents")

    def __init__(self, data: Number, parents: tuple[tuple[Value, float], ...] = ()) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents

    def __add__(self, other: Value | Number) -> Value:
        other = as_value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Value | Number) -> Value:
        other = as_value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, exponent: Number) -> Value:
        slope = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, ((self, slope),))

    def __neg__(self) -> Value:
        return self * -1.0

    def __sub__(self, other: Value | Number) -> Value:
        return self + -as_value(other)

    def __truediv__(self, other: Value | Number) -> Value:
        return self * as_value(other) ** -1

    def __radd__(self, other: Number) -> Value:
        return self + other

    def __rmul__(self, other: Number) -> Value:
        return self * other

    def __rsub__(self, other: Number) -> Value:
        return as_value(other) - self

    def __rtruediv__(self, other: Number) -> Value:
        return as_value(other) / self

    def exp(self) -> Value:
        result = math.exp(self.data)
        return Value(result, ((self, result),))

    def log(self) -> Value:
        return Value(math.log(self.data), ((self, 1.0 / self.data),))

    def tanh(self) -> Value:
        result = math.tanh(self.data)
        return Value(result, ((self, 1.0 - result * result),))

    def relu(self) -> Value:
        return Value(max(0.0, self.data), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self) -> None:
        """Adds the derivative of this value by each node to that node's `grad`.

        What flows in this pass is kept apart from `grad`, so a second call adds the same again.
        """
        flow = {id(self): 1.0}
        for node in users_first(self):
            gradient = flow[id(node)]
            node.grad += gradient
            for parent, slope in node.parents:
                flow[id(parent)] = flow.get(id(parent), 0.0) + gradient * slope


def as_value(value: Value | Number) -> Value:
    return value if isinstance(value, Value) else Value(value)


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

    A line of the program is an operation and its operands: the index of a node, inputs
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
    """Rows of numbers in a graph. Each parent comes with what takes a gradient back to it."""

    def __init__(
        self, data: Rows, parents: tuple[tuple[Matrix, Callable[[Rows], Rows]], ...] = ()
    ) -> None:
        self.data = [[float(x) for x in row] for row in data]
        self.grad = [[0.0] * len(row) for row in data]
        self.parents = parents

    @property
    def shape(self) -> list[int]:
        return [len(self.data), len(self.data[0])]

    def matmul(self, other: Matrix) -> Matrix:
        if self.shape[1] != other.shape[0]:
            raise ShapeError(f"matmul of {self.shape} and {other.shape}")
        a, b = self.data, other.data
        return Matrix(
            product(a, b),
            (
                (self, lambda gradient: product(gradient, transposed(b))),
                (other, lambda gradient: product(transposed(a), gradient)),
            ),
        )

    def add(self, other: Matrix) -> Matrix:
        """Sum of equal shapes; a single row is added to every row."""
        broadcast = other.shape == [1, self.shape[1]] and self.shape[0] != 1
        if not broadcast and self.shape != other.shape:
            raise ShapeError(f"add of {self.shape} and {other.shape}")
        rows = other.data * self.shape[0] if broadcast else other.data
        total = [[x + y for x, y in zip(r, s)] for r, s in zip(self.data, rows)]
        back = column_sums if broadcast else same
        return Matrix(total, ((self, same), (other, back)))

    def tanh(self) -> Matrix:
        return self._apply(math.tanh, lambda _, y: 1.0 - y * y)

    def relu(self) -> Matrix:
        return self._apply(lambda x: max(0.0, x), lambda x, _: 1.0 if x > 0 else 0.0)

    def mean(self) -> Matrix:
        rows, columns = self.shape
        count = rows * columns
        average = sum(map(sum, self.data)) / count
        spread = lambda gradient: [[gradient[0][0] / count] * columns for _ in range(rows)]
        return Matrix([[average]], ((self, spread),))

    def backward(self) -> None:
        if self.shape != [1, 1]:
            raise ShapeError(f"backward starts from shape [1, 1], not {self.shape}")
        flow: dict[int, Rows] = {id(self): [[1.0]]}
        for node in users_first(self):
            gradient = flow[id(node)]
            node.grad = summed(node.grad, gradient)
            for parent, pull in node.parents:
                back = pull(gradient)
                held = flow.get(id(parent))
                flow[id(parent)] = back if held is None else summed(held, back)

    def _apply(
        self, function: Callable[[float], float], slope: Callable[[float, float], float]
    ) -> Matrix:
        result = [[function(x) for x in row] for row in self.data]
        slopes = [[slope(x, y) for x, y in zip(r, s)] for r, s in zip(self.data, result)]
        pull = lambda grad: [[g * d for g, d in zip(r, s)] for r, s in zip(grad, slopes)]
        return Matrix(result, ((self, pull),))


def same(rows: Rows) -> Rows:
    return rows


def column_sums(rows: Rows) -> Rows:
    return [[sum(column) for column in zip(*rows)]]


def transposed(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows)]


def summed(a: Rows, b: Rows) -> Rows:
    return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)]


def product(a: Rows, b: Rows) -> Rows:
    columns = transposed(b)
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


class MLP:
    """Layers of tanh neurons and one linear layer at the end."""

    def __init__(self, sizes: Sequence[int], seed: int) -> None:
        chance = random.Random(seed)
        self.layers: list[list[tuple[list[Value], Value]]] = []
        for inputs, outputs in zip(sizes, sizes[1:]):
            reach = math.sqrt(3.0 / inputs)
            self.layers.append(
                [
                    ([Value(chance.uniform(-reach, reach)) for _ in range(inputs)], Value(0.0))
                    for _ in range(outputs)
                ]
            )

    def params(self) -> list[Value]:
        return [p for layer in self.layers for weights, bias in layer for p in (*weights, bias)]

    def __call__(self, x: Iterable[Value | Number]) -> list[Value]:
        row = [as_value(value) for value in x]
        for depth, layer in enumerate(self.layers):
            row = [
                sum((w * value for w, value in zip(weights, row)), bias)
                for weights, bias in layer
            ]
            if depth < len(self.layers) - 1:
                row = [value.tanh() for value in row]
        return row


class SGD:
    def __init__(self, params: list[Value], lr: float) -> None:
        self.params, self.lr = params, lr

    def step(self) -> None:
        for param in self.params:
            param.data -= self.lr * param.grad
            param.grad = 0.0

    def zero_grad(self) -> None:
        for param in self.params:
            param.grad = 0.0


class Adam:
    """Kingma and Ba, 2014, algorithm 1."""

    def __init__(
        self,
        params: list[Value],
        lr: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        self.params, self.lr, self.betas, self.eps = params, lr, betas, eps
        self.steps = 0
        self.mean = [0.0] * len(params)
        self.square = [0.0] * len(params)

    def step(self) -> None:
        self.steps += 1
        b1, b2 = self.betas
        for i, param in enumerate(self.params):
            self.mean[i] = b1 * self.mean[i] + (1 - b1) * param.grad
            self.square[i] = b2 * self.square[i] + (1 - b2) * param.grad**2
            # Both averages start at zero; without this the first steps would be far too small.
            mean = self.mean[i] / (1 - b1**self.steps)
            square = self.square[i] / (1 - b2**self.steps)
            param.data -= self.lr * mean / (math.sqrt(square) + self.eps)

    def zero_grad(self) -> None:
        for param in self.params:
            param.grad = 0.0

    def state_dict(self) -> dict:
        return {"steps": self.steps, "mean": list(self.mean), "square": list(self.square)}

    def load_state_dict(self, state: dict) -> None:
        self.steps = state["steps"]
        self.mean, self.square = list(state["mean"]), list(state["square"])


def train(config: dict, checkpoint: dict | None = None) -> dict:
    """Trains a classifier of points labelled -1 or 1, from the start or from a checkpoint.

    The order of the points in an epoch follows from seed and epoch alone, so a checkpoint
    need not hold the state of a generator.
    """
    model = MLP(config["sizes"], config["seed"])
    optimiser = Adam(model.params(), config["lr"])
    history: list[float] = []
    if checkpoint is not None:
        for param, value in zip(model.params(), checkpoint["params"]):
            param.data = value
        optimiser.load_state_dict(checkpoint["optimiser"])
        history = list(checkpoint["history"])
    data = list(zip(config["points"], config["labels"]))
    while len(history) < config["epochs"]:
        order = list(data)
        random.Random(f"{config['seed']}:{len(history)}").shuffle(order)
        total = 0.0
        for start in range(0, len(order), config["batch"]):
            batch = order[start : start + config["batch"]]
            loss = sum((logistic_loss(model(x)[0], y) for x, y in batch), Value(0.0)) / len(
                batch
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.data * len(batch)
        history.append(total / len(order))
    params = [param.data for param in model.params()]
    return {
        "history": history,
        "params": params,
        "scores": [model(x)[0].data for x in config["points"]],
        "checkpoint": {
            "params": params,
            "optimiser": optimiser.state_dict(),
            "history": list(history),
        },
    }


def logistic_loss(score: Value, label: int) -> Value:
    """log(1 + exp(-label × score)), written so that a confident miss does not overflow."""
    margin = score * -label
    if margin.data > 30:
        return margin
    return (margin.exp() + 1.0).log()
