"""A Negotiation becomes YAML that a person reads and edits by hand.

Law: ``load_negotiation(dump_negotiation(n)) == n``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    Position,
    Preference,
    Priorities,
    Range,
    Ranking,
)

_PLAIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ._/()-]*[A-Za-z0-9.)])?")
_WORDS_OF_YAML: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_WIDTH: Final = 110
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_COMMENTS: Final = {
    "options": "what each party may do; a state has a digit for each, in this order",
    "constraints": "what cannot be otherwise",
    "preferences": "ranking: best first; priorities: most important first; weights: above 0, it wants it",
    "moves": "the only changes these parties can make",
    "tables": "who sits where",
    "red_lines": "what a party will not accept",
    "disagreement": "what no deal is worth to a party; left out: what the status quo is worth",
}

Value: TypeAlias = "str | bool | float | Range | Sequence[Value] | Mapping[str, Value] | None"


def dump_negotiation(negotiation: Negotiation) -> str:
    """The file of a negotiation: ``load_negotiation`` gives it back.

    >>> from detente.negotiation.model import NegotiationParty
    >>> print(dump_negotiation(Negotiation(id="toll", parties=(NegotiationParty(id="a", name="A"),))), end="")
    negotiation: toll
    parties:
      - {id: a, name: A}
    """
    lines: list[str] = []
    for key, value in _sections(negotiation).items():
        if value is None:
            continue
        if key in _COMMENTS:
            lines += ["", f"# {_COMMENTS[key]}"]
        elif not isinstance(value, str) and lines[-1:] and key != "parties":
            lines.append("")
        lines += _entry(key, value, "")
    return "\n".join(lines) + "\n"


def _sections(negotiation: Negotiation) -> dict[str, Value]:
    """The file's keys in the order of the contract; ``None`` is left out."""
    found: dict[str, Value] = {
        "negotiation": negotiation.id,
        "on": negotiation.on,
        "parties": [
            _kept(id=p.id, name=p.name, capability=p.capability, note=p.note, evidence=p.evidence)
            for p in negotiation.parties
        ],
        "options": [
            _kept(
                id=o.id,
                by=o.by,
                text=o.text,
                issue=o.issue,
                irreversible=o.irreversible,
                note=o.note,
                evidence=o.evidence,
            )
            for o in negotiation.options
        ],
        "states": negotiation.states,
        "constraints": negotiation.constraints,
        "status_quo": negotiation.status_quo,
        "preferences": {party: _preference(value) for party, value in negotiation.preferences.items()},
        "moves": {party: [list(arc) for arc in arcs] for party, arcs in negotiation.moves.items()},
        "issues": [_issue(issue) for issue in negotiation.issues],
        "tables": [
            {
                "id": t.id,
                **_kept(label=t.label),
                "parties": t.parties,
                **({} if t.options is None else {"options": t.options}),
                **_kept(evidence=t.evidence),
            }
            for t in negotiation.tables
        ],
        "red_lines": [
            _kept(party=r.party, condition=r.condition, evidence=r.evidence) for r in negotiation.red_lines
        ],
        "disagreement": dict(negotiation.disagreement),
    }
    return {key: value for key, value in found.items() if value not in ((), [], {})}


def _kept(**fields: Value) -> dict[str, Value]:
    """The fields that say something."""
    return {
        key: value
        for key, value in fields.items()
        if value is not None and value is not False and value != ()
    }


def _preference(preference: Preference) -> Value:
    if isinstance(preference, Ranking):
        tiers: list[Value] = [tier[0] if len(tier) == 1 else tier for tier in preference.tiers]
        return {"ranking": tiers, **_kept(evidence=preference.evidence)}
    if isinstance(preference, Priorities):
        return {
            "priorities": preference.conditions,
            **({"evidence": dict(preference.evidence)} if preference.evidence else {}),
        }
    return {
        "weights": dict(preference.values),
        **_kept(inferred=tuple(sorted(preference.inferred))),
        **({"evidence": dict(preference.evidence)} if preference.evidence else {}),
    }


def _issue(issue: NegotiationIssue) -> Value:
    scale: list[Value] = [[float(point), words] for point, words in issue.scale]
    return {
        "id": issue.id,
        "label": issue.label,
        **({"scale": scale} if scale else {}),
        **({"positions": {p: _position(v) for p, v in issue.positions.items()}} if issue.positions else {}),
        **_kept(evidence=issue.evidence),
    }


def _position(position: Position) -> Value:
    return _kept(
        position=position.position,
        salience=position.salience,
        flexibility=position.flexibility,
        evidence=position.evidence,
    )


def _entry(key: str, value: Value, indent: str) -> list[str]:
    """``key: value``, on one line where it fits and reads well."""
    name = _text(key)
    flow = _flow(value)
    wraps = isinstance(value, Sequence) and len(value) > 3 and all(_is_short(part) for part in value)
    if not indent and isinstance(value, Sequence | Mapping) and not isinstance(value, str) and not wraps:
        return [f"{name}:", *_block(value, indent + "  ")]
    if len(indent) + len(name) + 2 + len(flow) <= _WIDTH or not _folds(value):
        return [f"{indent}{name}: {flow}"]
    if wraps and isinstance(value, Sequence):
        return _wrapped(f"{indent}{name}: [", [_flow(part) for part in value], indent + "  ")
    return [f"{indent}{name}:", *_block(value, indent + "  ")]


def _is_short(value: Value) -> bool:
    """Whether a list of such values reads better side by side: ids and states do, sentences do not."""
    return isinstance(value, str) and len(value) <= 24 and " " not in value


def _wrapped(start: str, words: Sequence[str], indent: str) -> list[str]:
    """A list over several lines."""
    lines, line = [], start
    for at, word in enumerate(words):
        piece = word + ("]" if at == len(words) - 1 else ", ")
        if len(line) + len(piece.rstrip()) > _WIDTH:
            lines.append(line.rstrip())
            line = indent
        line += piece
    return [*lines, line]


def _folds(value: Value) -> bool:
    return isinstance(value, Sequence | Mapping) and not isinstance(value, str) and len(value) > 0


def _block(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _entry(key, part, indent)
    elif isinstance(value, Sequence):
        for part in value:
            flow = _flow(part)
            if len(indent) + 2 + len(flow) <= _WIDTH or not isinstance(part, Mapping):
                yield f"{indent}- {flow}"
            else:
                lines = list(_block(part, indent + "  "))
                yield f"{indent}- {lines[0].lstrip()}"
                yield from lines[1:]


def _flow(value: Value) -> str:
    """The value on one line."""
    if isinstance(value, str):
        return _text(value)  # most of a large file is ids
    if isinstance(value, Range):
        return (
            _flow(value.low) if value.low == value.high else f"[{_number(value.low)}, {_number(value.high)}]"
        )
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return _scalar(value)


def _scalar(value: bool | float | None) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else _number(value)


def _number(number: float) -> str:
    whole = number == int(number) and abs(number) < 1e15 and str(number) != "-0.0"
    return str(int(number)) if whole else repr(float(number))


def _text(text: str) -> str:
    """A word as it is where nobody can take it for anything else, in double quotes otherwise."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    if text.isprintable() and _ESCAPES.keys().isdisjoint(text):
        return f'"{text}"'
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() and letter != "\ufeff":
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
