"""Reference managers' exports (RIS, BibTeX, CSL-JSON): each reference with the file attached to it.

A reference gives the masthead, its file the words. A reference without a file is named, not read:
an abstract is not the article.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import rispy
from bibtexparser.entrypoint import parse_string

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.decoding import decode
from detente.sources.draft import Attached, Blob, Draft, Stated, StatedDate, Unusable

Found: TypeAlias = Iterator[Draft | Unusable | Attached]

_NAMED: Final = 5
_NO_FILE: Final = "a reference without an attached file or note of its text."
_KINDS: Final = {
    "NEWS": "News", "MGZN": "News", "BLOG": "Blog", "EDITORIAL": "Editorial",
}  # fmt: skip


def read_ris(blob: Blob, settings: Settings) -> Found:  # noqa: ARG001  # one signature for every reader
    """The files of an RIS list.

    Raises:
        UnreadableSource: It is no such list.
    """
    yield from _counted(_ris(blob))


def _ris(blob: Blob) -> Found:
    try:
        entries = rispy.loads(decode(blob.content, blob.name), skip_unknown_tags=True)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableSource(blob.name, "not an RIS list, or a damaged one.") from error
    for number, entry in enumerate(entries, start=1):
        yield from _of_reference(
            str(number),
            _stated(
                title=_one(entry, "title", "primary_title"),
                outlet=_one(entry, "secondary_title", "journal_name", "alternate_title3", "publisher"),
                author=_names(entry.get("authors") or entry.get("first_authors")),
                date=_one(entry, "date", "publication_year", "year"),
                page=_one(entry, "start_page"),
                identity=_one(entry, "accession_number", "id"),
                url=_one(entry, "url", "urls"),
                language=_one(entry, "language"),
                section=_KINDS.get(str(entry.get("type_of_reference") or "")),
            ),
            [str(v) for k in ("file_attachments1", "file_attachments2") for v in _many(entry.get(k))],
            None,
        )


def read_bibtex(blob: Blob, settings: Settings) -> Found:  # noqa: ARG001  # one signature for every reader
    """The files of a BibTeX list.

    Raises:
        UnreadableSource: It holds no entry.
    """
    yield from _counted(_bibtex(blob))


def _bibtex(blob: Blob) -> Found:
    try:
        entries = parse_string(decode(blob.content, blob.name)).entries
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableSource(blob.name, "not a BibTeX list, or a damaged one.") from error
    if not entries:
        raise UnreadableSource(blob.name, "no BibTeX entry in it.")
    for number, entry in enumerate(entries, start=1):
        fields = {field.key.casefold(): _unbraced(str(field.value)) for field in entry.fields}
        yield from _of_reference(
            str(number),
            _stated(
                title=fields.get("title"),
                outlet=_one(fields, "journal", "journaltitle", "publisher", "organization"),
                author=_natural(fields.get("author")),
                date=fields.get("date") or _year_month(fields),
                page=(fields.get("pages") or "").split("-")[0] or None,
                identity=str(entry.key),
                url=fields.get("url"),
                language=_one(fields, "langid", "language"),
                section=_one(fields, "section", "type"),
            ),
            _bibtex_files(fields.get("file", "")),
            None,
        )


def is_csl(content: bytes) -> bool:
    """Whether a JSON file is a CSL-JSON list: objects with a type, and authors as family and given."""
    head = content[:4000]
    return head.lstrip()[:1] == b"[" and b'"type"' in head and bool(
        re.search(rb'"(?:issued|container-title|citation-key)"\s*:', head)
    )  # fmt: skip


def read_csl(blob: Blob, settings: Settings) -> Found:  # noqa: ARG001  # one signature for every reader
    """The references of a CSL-JSON list, with the files that Zotero's fuller exports name.

    Raises:
        UnreadableSource: It is no such list.
    """
    yield from _counted(_csl(blob))


def _csl(blob: Blob) -> Found:
    try:
        entries = json.loads(decode(blob.content, blob.name))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(blob.name, "not JSON, or damaged.") from error
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        if not isinstance(entry, dict):
            yield Unusable(part=str(number), reason="not a reference.")
            continue
        files = [str(a.get("path") or a.get("localPath") or "") for a in _dicts(entry.get("attachments"))]
        yield from _of_reference(
            str(number),
            _stated(
                title=_one(entry, "title"),
                outlet=_one(entry, "container-title", "publisher"),
                author=_csl_names(entry.get("author")),
                date=_csl_date(entry.get("issued")),
                page=_one(entry, "page"),
                identity=_one(entry, "id"),
                url=_one(entry, "URL"),
                language=_one(entry, "language"),
                section=_one(entry, "section", "genre"),
            ),
            [f for f in files if f],
            _one(entry, "full-text", "fulltext"),
        )


def _of_reference(part: str, stated: Stated, files: list[str], text: str | None) -> Found:
    if text:
        yield Draft(text=f"{stated.title}\n\n{text}" if stated.title else text, part=part, stated=stated)
    for file in files:
        yield Attached(path=file, part=part, stated=stated)
    if not files and not text:
        yield Unusable(part=part, reason=_NO_FILE)


def _counted(found: Found) -> Found:
    """All that is found; of many references without a file, the first few by name, the rest in one line."""
    bare = 0
    for one in found:
        if isinstance(one, Unusable) and one.reason == _NO_FILE:
            bare += 1
            if bare > _NAMED:
                continue
        yield one
    if bare > _NAMED:
        yield Unusable(part=None, reason=f"{bare - _NAMED} more references: {_NO_FILE}")


def _stated(
    *,
    title: str | None,
    outlet: str | None,
    author: str | None,
    date: str | None,
    page: str | None,
    identity: str | None,
    url: str | None,
    language: str | None,
    section: str | None,
) -> Stated:
    when = read_date(date) if date else None
    return Stated(
        title=" ".join(title.split()) if title else None,
        outlet=outlet,
        author=author,
        dates=(StatedDate(when=when, basis="the reference's date"),) if when else (),
        page=page,
        source_id=identity,
        url=url if url and url.startswith("http") else None,
        language=language.casefold()[:2]
        if language and re.fullmatch(r"[a-z]{2}(?:-\w+)?", language.casefold())
        else None,
        section=section,
    )


def _one(entry: Mapping[str, object], *keys: str) -> str | None:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return None


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [v for v in _many(value) if isinstance(v, dict)]


def _names(value: object) -> str | None:
    return _joined([_turned(str(name)) for name in _many(value)])


def _natural(value: str | None) -> str | None:
    return _joined([_turned(name) for name in re.split(r"\s+and\s+", value)]) if value else None


def _csl_names(value: object) -> str | None:
    return _joined(
        [
            " ".join(str(n[k]) for k in ("given", "family") if isinstance(n.get(k), str))
            or str(n.get("literal") or "")
            for n in _dicts(value)
        ]
    )


def _turned(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip()


def _joined(names: list[str]) -> str | None:
    named = [name for name in names if name]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named) or None


def _csl_date(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(p) for p in parts[0] if str(p).isdigit()]
        return "-".join(f"{n:04}" if i == 0 else f"{n:02}" for i, n in enumerate(numbers)) or None
    raw = value.get("raw") or value.get("literal")
    return str(raw) if raw else None


def _year_month(fields: Mapping[str, str]) -> str | None:
    year = fields.get("year")
    return f"{fields.get('day', '')} {fields.get('month', '')} {year}".strip() if year else None


def _unbraced(value: str) -> str:
    return re.sub(r"(?<!\\)[{}]", "", value).replace("\\&", "&").strip()


def _bibtex_files(value: str) -> list[str]:
    """Zotero and JabRef write ``name:path:type;...``; others the path alone."""
    found = []
    for item in re.split(r"(?<!\\);", value):
        parts = [p.replace("\\:", ":").replace("\\;", ";") for p in re.split(r"(?<!\\):", item)]
        path = parts[1] if len(parts) == 3 else item
        found += [path.strip()] if path.strip() else []
    return found
