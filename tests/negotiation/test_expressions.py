"""Conditions are read by their own grammar, and hold where logic says."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.negotiation.expressions import BadExpression, parse_expression

NAMES = ("a", "b", "stop-arms")


def rows() -> dict[str, np.ndarray]:
    table = np.array(list(itertools.product([False, True], repeat=3)))
    return {name: table[:, at] for at, name in enumerate(NAMES)}


def holds(text: str, *, conditional: bool = False) -> list[int]:
    columns = rows()
    return (
        parse_expression(text, NAMES, conditional=conditional).holds(columns.__getitem__).astype(int).tolist()
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        pytest.param("a", lambda *row: row[0], id="an option"),
        pytest.param("not a and b", lambda *row: not row[0] and row[1], id="not binds before and"),
        pytest.param("a or b and stop-arms", lambda a, b, s: a or (b and s), id="and binds before or"),
        pytest.param("a or b implies stop-arms", lambda a, b, s: not (a or b) or s, id="or before implies"),
        pytest.param("a implies b implies stop-arms", lambda a, b, s: not a or not b or s, id="rightmost"),
        pytest.param("a iff b implies stop-arms", lambda a, b, s: a == (not b or s), id="implies before iff"),
        pytest.param("not not a", lambda *row: row[0], id="twice denied"),
        pytest.param("not(a and b)", lambda *row: not (row[0] and row[1]), id="no space before a bracket"),
    ],
)
def test_an_expression_holds_where_logic_says(text, meaning):
    expected = [int(meaning(*row)) for row in itertools.product([False, True], repeat=3)]
    assert holds(text) == expected


def test_if_in_priorities_is_an_implication_read_from_its_end():
    assert holds("a if b or stop-arms", conditional=True) == holds("(b or stop-arms) implies a")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "breaks off"),
        ("a and", "breaks off"),
        ("and a", "an option must stand"),
        ("(a", "not closed"),
        ("a)", "cannot stand there"),
        ("a b", "cannot stand there"),
        (")", "an option must stand"),
        ("c", "no option 'c'"),
        ("a if b", "only in priorities"),
        ("__import__('os')", "no option"),
        ("(" * 500 + "a" + ")" * 500, "deep"),
        ("a and " * 9000 + "a", "too long"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_reason(text, says):
    with pytest.raises(BadExpression, match=says):
        parse_expression(text, NAMES)


def test_a_long_chain_is_read_without_deep_recursion():
    assert holds(" and ".join(["a"] * 2000)) == holds("a")
    assert holds("not " * 3000 + "a") == holds("a")


trees = st.recursive(
    st.sampled_from(NAMES).map(lambda n: (n, lambda env, n=n: env[n])),
    lambda inner: st.one_of(
        inner.map(lambda x: (f"not ({x[0]})", lambda env, x=x: not x[1](env))),
        st.tuples(inner, st.sampled_from(["and", "or", "implies", "iff"]), inner).map(
            lambda t: (
                f"({t[0][0]}) {t[1]} ({t[2][0]})",
                lambda env, t=t: {
                    "and": t[0][1](env) and t[2][1](env),
                    "or": t[0][1](env) or t[2][1](env),
                    "implies": not t[0][1](env) or t[2][1](env),
                    "iff": t[0][1](env) == t[2][1](env),
                }[t[1]],
            )
        ),
    ),
    max_leaves=12,
)


@given(trees)
def test_every_bracketed_expression_means_what_python_means_by_it(tree):
    text, meaning = tree
    expected = [
        int(meaning(dict(zip(NAMES, row, strict=True)))) for row in itertools.product([False, True], repeat=3)
    ]
    assert holds(text) == expected
