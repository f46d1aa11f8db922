"""A record to the contract's JSON and back. Law: ``from_json(to_json(record)) == record``.

Unknown keys, wrong types, words that do not stand in their article and ids that name nothing are refused
with their path. Three names differ between JSON and the record: a statement's ``review`` is ``status``,
charges that nobody answered stand apart from disputes, and ``schema`` says which contract this is.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from detente.articles import Article
from detente.claims import Claim, Dispute, Gap, Issue, Party, Reading
from detente.errors import FalseEvidence, InvalidRecord, one_line
from detente.evidence import require_true_copy
from detente.record.model import Merge, Record
from detente.vocabulary import ClaimKind

SCHEMA: Final = "detente/record/1"
_RECORD: Final = TypeAdapter(Record)
_PARTY: Final = TypeAdapter(Party)
_ARTICLE: Final = TypeAdapter(Article)
_READING: Final = TypeAdapter(Reading)
_NAMED: Final[Mapping[type, TypeAdapter[Any]]] = {
    sort: TypeAdapter(sort) for sort in (Party, Issue, Merge, Gap)
}
_T = TypeVar("_T")
_N = TypeVar("_N", Party, Issue, Merge, Gap)
_CLAIMS: Final = {
    ClaimKind(name): TypeAdapter(hint.__args__[0])
    for name, hint in Record.__annotations__.items()
    if name in set(ClaimKind)
}


def to_json(record: Record, *, indent: int | None = None) -> str:
    """The record as the contract's JSON, the same text for the same record."""
    return json.dumps(to_tree(record), ensure_ascii=False, indent=indent, allow_nan=False)


def to_tree(record: Record) -> dict[str, Any]:
    """The record as the tree of plain values that :func:`to_json` writes."""
    tree: dict[str, Any] = {"schema": SCHEMA, **_RECORD.dump_python(record, mode="json")}
    for statement in tree["statements"]:
        statement["status"] = statement.pop("review")
    answered = [is_answered(dispute) for dispute in record.disputes]
    disputes = tree["disputes"]
    tree["disputes"] = [dispute for dispute, has in zip(disputes, answered, strict=True) if has]
    tree["unanswered_charges"] = [d for d, has in zip(disputes, answered, strict=True) if not has]
    return tree


def from_json(text: str) -> Record:
    """Read the contract's JSON.

    Raises:
        InvalidRecord: Not JSON, not of this contract, or damaged; the message says where.
    """
    try:
        tree = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidRecord(f"record: not JSON: {one_line(str(error))}.") from error
    record = _validated(_to_record_shape(tree))
    _check(record)
    return record


def claim_to_json(claim: Claim) -> str:
    """One claim as JSON, under the record's own names."""
    return _CLAIMS[kind_of(claim)].dump_json(claim).decode()


def claim_from_json(kind: ClaimKind, text: str) -> Claim:
    """One claim back from JSON.

    Raises:
        InvalidRecord: Unknown keys or wrong values.
    """
    try:
        claim: Claim = _CLAIMS[kind].validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        raise InvalidRecord(_first_fault(kind.value, error)) from error
    return claim


def claim_tree(claim: Claim) -> dict[str, Any]:
    """One claim as plain values, under the record's own names."""
    tree: dict[str, Any] = _CLAIMS[kind_of(claim)].dump_python(claim, mode="json")
    return tree


def party_from_changes(party: Party | None, changes: Mapping[str, Any]) -> Party:
    """A party with some of its fields changed; a whole new one where there was none.

    Raises:
        InvalidRecord: Unknown keys or wrong values.
    """
    before = _PARTY.dump_python(party, mode="json") if party else {}
    try:
        return _PARTY.validate_json(json.dumps(before | dict(changes)), strict=True, extra="forbid")
    except ValidationError as error:
        raise InvalidRecord(_first_fault("party", error)) from error


def is_answered(dispute: Dispute) -> bool:
    """Whether the charge was answered by anybody."""
    return dispute.denied_by is not None or dispute.meets is not None


def kind_of(claim: Claim) -> ClaimKind:
    """Which kind a claim is.

    >>> from detente.claims import Faction
    >>> kind_of(Faction(id="f", party=None, faction="the clergy", position="against", evidence=()))
    <ClaimKind.FACTIONS: 'factions'>
    """
    return ClaimKind(type(claim).__name__.lower() + "s")


def article_to_json(article: Article) -> str:
    """An article without its text, which is kept beside it."""
    return _ARTICLE.dump_json(replace(article, text="")).decode()


def article_from_json(masthead: str, text: str) -> Article:
    """An article from :func:`article_to_json` and its text."""
    return replace(_stored(_ARTICLE, masthead, "article"), text=text)


def reading_to_json(reading: Reading) -> str:
    """A reading as the store keeps it."""
    return _READING.dump_json(reading).decode()


def reading_from_json(text: str) -> Reading:
    """A reading from :func:`reading_to_json`."""
    return _stored(_READING, text, "reading")


def named_to_json(one: Party | Issue | Merge | Gap) -> str:
    """A party, issue, merge or gap as the store keeps it."""
    return _NAMED[type(one)].dump_json(one).decode()


def named_from_json(sort: type[_N], text: str) -> _N:
    """One of :func:`named_to_json`'s."""
    adapter: TypeAdapter[_N] = _NAMED[sort]
    return _stored(adapter, text, sort.__name__.lower())


def _stored(adapter: TypeAdapter[_T], text: str, what: str) -> _T:
    try:
        return adapter.validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        raise InvalidRecord(_first_fault(what, error)) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema of :func:`to_json`'s text, published as ``docs/record.schema.json``."""
    schema = _RECORD.json_schema(mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        if part.get("type") == "object":
            part["additionalProperties"] = False
            part["required"] = sorted(part["properties"])
    statement = schema["$defs"]["Statement"]
    statement["properties"]["status"] = statement["properties"].pop("review")
    statement["required"] = sorted(statement["properties"])
    schema["properties"]["unanswered_charges"] = schema["properties"]["disputes"]
    schema["properties"] = {"schema": {"const": SCHEMA}, **schema["properties"]}
    schema["required"] = list(schema["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of what was said and done in a negotiation",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _to_record_shape(tree: object) -> dict[str, Any]:
    if not isinstance(tree, dict):
        raise InvalidRecord(f"record: an object is wanted, found {type(tree).__name__}.")
    found = tree.get("schema")
    if found != SCHEMA:
        raise InvalidRecord(
            f"record: schema {one_line(repr(found))} is not {SCHEMA!r}; export it again with this Detente."
        )
    shape = {key: value for key, value in tree.items() if key not in ("schema", "unanswered_charges")}
    statements = tree.get("statements", [])
    if isinstance(statements, list):
        shape["statements"] = [_with_review(statement, n) for n, statement in enumerate(statements)]
    charges = tree.get("unanswered_charges", [])
    if isinstance(charges, list) and isinstance(tree.get("disputes", []), list):
        shape["disputes"] = [*tree.get("disputes", []), *charges]
    return shape


def _with_review(statement: object, number: int) -> object:
    if not isinstance(statement, dict):
        return statement
    if "review" in statement:
        raise InvalidRecord(f"record: statements[{number}].review: unknown key; a statement has 'status'.")
    return {("review" if key == "status" else key): value for key, value in statement.items()}


def _validated(shape: dict[str, Any]) -> Record:
    try:
        return _RECORD.validate_json(json.dumps(shape), strict=True, extra="forbid")
    except ValidationError as error:
        raise InvalidRecord(_first_fault("record", error)) from error
    except UnicodeEncodeError as error:
        raise InvalidRecord("record: half a surrogate pair stands in its text; save it as UTF-8.") from error


def _first_fault(where: str, error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False)[0]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"]).lstrip(".")
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return one_line(f"{where}: {path}: {fault['msg']}, found {fault['input']!r:.80}.{more}")


def _check(record: Record) -> None:
    for kind, claim in record.claims():
        for evidence in claim.evidence:
            article = record.article.get(evidence.article)
            if article is None:
                raise InvalidRecord(
                    f"record: {kind.value} {claim.id}: no such article: {evidence.article!r}."
                )
            try:
                require_true_copy(evidence, article.text)
            except FalseEvidence as error:
                raise InvalidRecord(f"record: {kind.value} {claim.id}: {error}") from error
