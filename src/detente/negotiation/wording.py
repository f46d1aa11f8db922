"""Options, moves and states in words that a person reads."""

from collections.abc import Iterable, Sequence

from detente.negotiation.model import Negotiation


def party_name(negotiation: Negotiation, party: str) -> str:
    """The party's name; its id where it has none."""
    return next((p.name for p in negotiation.parties if p.id == party), party)


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words as a list.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def doing(negotiation: Negotiation, takes: Iterable[str], drops: Iterable[str]) -> str:
    """What a party's move is, as words that follow "would" or "were to".

    >>> from detente.negotiation.model import Option
    >>> toll, port = Option(id="a", by="x", text="pay"), Option(id="b", by="x", text="close the port")
    >>> talks = Negotiation(id="n", options=(toll, port))
    >>> doing(talks, ["a"], ["b"])
    'pay but not close the port'
    """
    text = {option.id: option.text for option in negotiation.options}
    does, leaves = listed([text[o] for o in takes]), listed([text[o] for o in drops], "nor")
    if does and leaves:
        return f"{does} but not {leaves}"
    return does or f"not {leaves}"


def state_in_words(negotiation: Negotiation, taken: Iterable[str]) -> str:
    """What each party does in a state.

    >>> state_in_words(Negotiation(id="n"), [])
    'nobody does any of it'
    """
    chosen = set(taken)
    parts = []
    for party in negotiation.parties:
        texts = [o.text for o in negotiation.options if o.by == party.id and o.id in chosen]
        if texts:
            parts.append(f"{party.name}: {listed(texts)}")
    return "; ".join(parts) or "nobody does any of it"
