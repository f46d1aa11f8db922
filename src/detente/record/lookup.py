"""What somebody asks for by name, found in a record: parties with their members, issues, a claim's sides."""

from collections.abc import Iterator

from detente.claims import ALL_PARTY_FIELDS, Meeting, Party
from detente.errors import UnknownItem
from detente.record.model import Record


def sides(one: object) -> Iterator[str]:
    """Ids of the parties on any side of a claim; of a party, itself."""
    if isinstance(one, Party):
        yield one.id
    for field in ALL_PARTY_FIELDS:
        value = getattr(one, field, None)
        if isinstance(value, str):
            yield value
    if isinstance(one, Meeting):
        yield from one.parties


def party_ids(record: Record, party: str) -> frozenset[str]:
    """The parties that a name, alias or id means, with all their members.

    Raises:
        UnknownItem: None.
    """
    asked = _plain(party)
    named = [p.id for p in record.parties if asked in {p.id, _plain(p.name)}]
    named = named or [p.id for p in record.parties if asked in {_plain(form) for form in p.aliases}]
    if not named:
        raise UnknownItem(f"no party {party!r}: look at the record's parties for how it is called.")
    found = set(named)
    while more := {p.id for p in record.parties if p.member_of in found} - found:
        found |= more
    return frozenset(found)


def issue_ids(record: Record, issue: str) -> frozenset[str]:
    """The issues that an id or words of a label mean.

    Raises:
        UnknownItem: None.
    """
    asked = issue.casefold()
    found = frozenset(i.id for i in record.issues if asked == i.id or asked in i.label.casefold())
    if not found:
        labels = "; ".join(i.label for i in record.issues) or "none"
        raise UnknownItem(f"no issue {issue!r}: the record has {labels}.")
    return found


def party_named(record: Record, name: str | None) -> str | None:
    """The one party that a name or alias means; ``None`` where none does, or more than one."""
    if not name or not name.strip():
        return None
    asked = _plain(name)
    named = [p.id for p in record.parties if _plain(p.name) == asked]
    if not named:
        named = [p.id for p in record.parties if asked in {_plain(form) for form in p.aliases}]
    return named[0] if len(named) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")
