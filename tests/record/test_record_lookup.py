"""Parties and issues are found by the names that people use for them, or refused with what is known."""

import pytest

from detente.claims import Issue, Party
from detente.errors import UnknownItem
from detente.record.lookup import issue_ids, party_ids, party_named
from detente.record.model import Record
from detente.vocabulary import PartyKind

STATE = PartyKind.STATE
RECORD = Record(
    parties=(
        Party(id="n", name="Union of Norland", kind=STATE, aliases=("the Norlanders", "Union")),
        Party(id="m", name="Ministry", kind=PartyKind.GOVERNMENT_BODY, member_of="n"),
        Party(id="h", name="Ada Holm", kind=PartyKind.PERSON, member_of="m"),
        Party(id="s", name="Sudmark", kind=STATE, aliases=("Union",)),
    ),
    issues=(Issue(id="i1", label="Return of the ferries"), Issue(id="i2", label="Ferry fees")),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("the Union of  norland", "n"),
        ("Norlanders", "n"),
        ("Union", None),
        ("", None),
        (None, None),
        ("Oz", None),
    ],
)
def test_a_name_that_fits_two_parties_or_none_is_nobody(name: str | None, found: str | None) -> None:
    assert party_named(RECORD, name) == found


def test_a_party_comes_with_its_members_and_theirs() -> None:
    assert party_ids(RECORD, "Norlanders") == {"n", "m", "h"}
    assert party_ids(RECORD, "h") == {"h"}
    with pytest.raises(UnknownItem, match="no party 'Oz'"):
        party_ids(RECORD, "Oz")


def test_an_issue_is_found_by_words_of_its_label() -> None:
    assert issue_ids(RECORD, "FERR") == {"i1", "i2"}
    assert issue_ids(RECORD, "i2") == {"i2"}
    with pytest.raises(UnknownItem, match="Return of the ferries; Ferry fees"):
        issue_ids(RECORD, "bridge")
