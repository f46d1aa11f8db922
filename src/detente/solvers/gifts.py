"""What a package changes of today, what each change is worth to whom, and the trade in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.negotiation.model import Negotiation, Option, Weights
from detente.solvers.deals import Deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """An option that a package changes, and what the change is worth.

    Attributes:
        option: Its id.
        by: Who controls it.
        taken: Whether the package takes it; ``False``: it ends something done today.
        worth: To each party at the table, by the middle of its weight.
        stake: The same as a share of the party's largest weight, from -1 to 1.
    """

    option: str
    by: str
    taken: bool
    worth: Mapping[str, float]
    stake: Mapping[str, float]


def gifts_of(deals: Deals, row: int) -> tuple[Gift, ...]:
    """What the package changes of the status quo, the dearest to its giver first."""
    taken = frozenset(deals.taken(row))
    changed = [
        option
        for option in deals.negotiation.options
        if (option.id in taken) != bool(int(deals.space.bit(option.id)) & deals.status_quo)
    ]
    gifts = [_gift(deals, option, taken=option.id in taken) for option in changed]
    return tuple(sorted(gifts, key=lambda gift: (gift.by, gift.worth.get(gift.by, 0.0))))


def _gift(deals: Deals, option: Option, *, taken: bool) -> Gift:
    sign = 1.0 if taken else -1.0
    worth: dict[str, float] = {}
    stake: dict[str, float] = {}
    for party in deals.parties:
        preference = deals.negotiation.preferences.get(party)
        if isinstance(preference, Weights):
            largest = max((abs(value.middle) for value in preference.values.values()), default=0.0)
            value = preference.values[option.id].middle if option.id in preference.values else 0.0
            worth[party] = sign * value
            stake[party] = sign * value / largest if largest else 0.0
    return Gift(option=option.id, by=option.by, taken=taken, worth=worth, stake=stake)


def trades_in_words(
    negotiation: Negotiation, parties: Sequence[str], gifts: Iterable[Gift]
) -> tuple[str, ...]:
    """Who gives what, a sentence a gift: what it costs the giver and what it is worth to the others."""
    names = {party.id: party.name for party in negotiation.parties}
    texts = {option.id: option.text for option in negotiation.options}
    return tuple(_sentence(gift, texts[gift.option], names, parties) for gift in gifts)


def _sentence(gift: Gift, text: str, names: Mapping[str, str], parties: Sequence[str]) -> str:
    """``Ardia gives “open the port”: costs it little, worth much to Belmark.``."""
    giver = names.get(gift.by, gift.by)
    act = f"“{text}”" if gift.taken else f"an end to “{text}”"
    own = gift.stake.get(gift.by, 0.0)
    weighs = ["costs it nothing" if own == 0 else _weighs(own, "it")]
    weighs += [
        _weighs(gift.stake[party], names[party])
        for party in sorted(parties, key=lambda p: -gift.stake.get(p, 0.0))
        if party != gift.by and gift.stake.get(party)
    ]
    return f"{giver} gives {act}: {', '.join(weighs)}."


def _weighs(share: float, whom: str) -> str:
    much = _how_much(abs(share))
    return f"worth {much} to {whom}" if share > 0 else f"costs {whom} {much}"


def _how_much(share: float) -> str:
    """A share of a party's largest weight in words: thirds."""
    return "little" if share < 1 / 3 else "something" if share < 2 / 3 else "much"
