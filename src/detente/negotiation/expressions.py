"""Conditions over options become truth values: ``"not (stop-arms and leave)"``, ``"a if b"``.

Binding, tightest first: ``not``, ``and``, ``or``, ``implies`` (from the right), ``iff``, ``if``.
Law: nothing of a file is ever executed; an expression is read by this module's own grammar.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Truth: TypeAlias = NDArray[np.bool_]

KEYWORDS: Final = frozenset({"and", "or", "not", "implies", "iff", "if"})
_WORD: Final = re.compile(r"[()]|[^\s()]+")
_MOST_WORDS: Final = 5_000  # a longer one is a mistake or an attack
_DEEPEST: Final = 40  # far below the interpreter's own limit


class BadExpression(ValueError):
    """An expression that cannot be read; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operator over its parts, or one option.

    Attributes:
        operator: ``"option"``, ``"not"``, ``"and"``, ``"or"``, ``"implies"``, ``"iff"``.
        name: The option's id, for ``"option"``.
        parts: What it joins, in the order written; of ``X if Y``: ``implies`` of Y and X.
    """

    operator: str
    name: str = ""
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition that has been read."""

    text: str
    root: Node

    @property
    def names(self) -> frozenset[str]:
        """The options that it speaks of."""
        return frozenset(_names(self.root))

    def holds(self, column: Callable[[str], Truth]) -> Truth:
        """Where it holds.

        Args:
            column: Gives, for an option, whether it is taken in each state, shape (states,).
        """
        return _evaluate(self.root, column)


def parse_expression(text: str, options: Iterable[str], *, conditional: bool = False) -> Expression:
    """Read a condition.

    Args:
        text: The words of the file.
        options: Every option there is.
        conditional: Whether ``X if Y`` may stand at the top, as in priorities.

    Raises:
        BadExpression: It is not one, or names an option that does not exist.

    >>> sorted(parse_expression("a implies not b-2", ["a", "b-2"]).names)
    ['a', 'b-2']
    >>> parse_expression("a and", ["a"])
    Traceback (most recent call last):
    detente.negotiation.expressions.BadExpression: 'a and' breaks off: an option, 'not' or '(' must follow.
    """
    return Expression(text, _Reader(text, frozenset(options), conditional=conditional).read())


class _Reader:
    """Recursive descent over the words of one expression."""

    def __init__(self, text: str, options: frozenset[str], *, conditional: bool) -> None:
        self._text = text
        self._options = options
        self._conditional = conditional
        self._words = _WORD.findall(text)
        self._at = 0
        self._depth = 0
        if len(self._words) > _MOST_WORDS:
            raise BadExpression(f"a condition of {len(self._words)} words is too long: split it.")

    def read(self) -> Node:
        root = self._iff()
        if self._take("if"):
            if not self._conditional:
                raise BadExpression(f"{self._text!r}: 'if' stands only in priorities: write 'Y implies X'.")
            root = Node("implies", parts=(self._iff(), root))
        if self._at < len(self._words):
            raise BadExpression(
                f"{self._text!r}: {self._words[self._at]!r} cannot stand there: "
                "join conditions with and, or, implies, iff."
            )
        return root

    def _iff(self) -> Node:
        return self._joined("iff", self._implies)

    def _implies(self) -> Node:
        sides = [self._or()]
        while self._take("implies"):
            sides.append(self._or())
        node = sides.pop()
        while sides:
            node = Node("implies", parts=(sides.pop(), node))
        return node

    def _or(self) -> Node:
        return self._joined("or", self._and)

    def _and(self) -> Node:
        return self._joined("and", self._not)

    def _joined(self, operator: str, below: Callable[[], Node]) -> Node:
        node = below()
        while self._take(operator):
            node = Node(operator, parts=(node, below()))
        return node

    def _not(self) -> Node:
        denied = False
        while self._take("not"):
            denied = not denied
        node = self._atom()
        return Node("not", parts=(node,)) if denied else node

    def _atom(self) -> Node:
        if self._at >= len(self._words):
            raise BadExpression(f"{self._text!r} breaks off: an option, 'not' or '(' must follow.")
        word = self._words[self._at]
        self._at += 1
        if word in "()":
            return self._bracket(word)
        if word in KEYWORDS:
            raise BadExpression(f"{self._text!r}: an option must stand where {word!r} stands.")
        if word not in self._options:
            raise BadExpression(f"{self._text!r}: no option {word!r}. Write one of the options' ids.")
        return Node("option", name=word)

    def _bracket(self, mark: str) -> Node:
        if mark == ")":
            raise BadExpression(f"{self._text!r}: an option must stand where ')' stands.")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadExpression(f"brackets more than {_DEEPEST} deep: split the condition.")
        node = self._iff()
        self._depth -= 1
        if not self._take(")"):
            raise BadExpression(f"{self._text!r}: a bracket is not closed.")
        return node

    def _take(self, word: str) -> bool:
        if self._at < len(self._words) and self._words[self._at] == word:
            self._at += 1
            return True
        return False


def _names(root: Node) -> Iterable[str]:
    todo = [root]
    while todo:
        node = todo.pop()
        todo += node.parts
        if node.name:
            yield node.name


def _evaluate(root: Node, column: Callable[[str], Truth]) -> Truth:
    """Bottom up on a stack of its own: a chain of ands is as deep as it is long."""
    order: list[Node] = []
    todo = [root]
    while todo:
        node = todo.pop()
        order.append(node)
        todo += node.parts
    values: list[Truth] = []
    for node in reversed(order):
        parts = [values.pop() for _ in node.parts]
        values.append(_apply(node, parts[::-1], column))
    return values.pop()


def _apply(node: Node, parts: list[Truth], column: Callable[[str], Truth]) -> Truth:
    match node.operator:
        case "option":
            return np.asarray(column(node.name), dtype=np.bool_)
        case "not":
            return ~parts[0]
        case "and":
            return parts[0] & parts[1]
        case "or":
            return parts[0] | parts[1]
        case "implies":
            return ~parts[0] | parts[1]
        case _:
            return ~(parts[0] ^ parts[1])
