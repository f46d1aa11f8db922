"""What ``brief`` writes beside the record: JSON, the negotiation, the page and the Markdown."""

from pathlib import Path
from typing import Final

from detente.brief.compose import compose
from detente.brief.findings import Findings, find
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.cli.files import write_whole
from detente.errors import NotEnoughEvidence
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.merging import merge_derived
from detente.negotiation.model import Negotiation
from detente.record.codec import to_json
from detente.record.model import Record

# The derivation that an edited negotiation.yaml started from: what differs from it, the analyst wrote.
_BASE: Final = ".negotiation-derived.yaml"


def write_dossier(record: Record, folder: Path) -> Path:
    """Write all of it into the folder; the path of the page is returned.

    An analyst's edits in a ``negotiation.yaml`` that is there already are kept. Where the record shows no
    negotiation, none is written, and the page says why.
    """
    write_whole(folder / "record.json", [to_json(record).encode()])
    try:
        derived = derive_negotiation(record)
    except NotEnoughEvidence as error:
        negotiation = _held(folder / "negotiation.yaml")
        findings = find(negotiation) if negotiation else Findings(not_run=(str(error),))
    else:
        negotiation = _with_edits(derived, folder)
        findings = find(negotiation)
        write_whole(folder / "negotiation.yaml", [dump_negotiation(negotiation).encode()])
        write_whole(folder / _BASE, [dump_negotiation(derived).encode()])
    page = compose(record, negotiation, findings)
    write_whole(folder / "brief.html", [to_html(page).encode()])
    write_whole(folder / "brief.md", [to_markdown(page).encode()])
    return folder / "brief.html"


def _with_edits(derived: Negotiation, folder: Path) -> Negotiation:
    """The derivation with what the analyst changed in the folder's file since the last one."""
    old, base = _held(folder / "negotiation.yaml"), _held(folder / _BASE)
    if old is None or old == base:
        return derived
    return merge_derived(old, derived, base)


def _held(path: Path) -> Negotiation | None:
    return load_negotiation(path.read_text(encoding="utf-8"), path.name) if path.exists() else None
