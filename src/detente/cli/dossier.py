"""What ``brief`` writes beside the record: JSON, the negotiation, the page and the Markdown."""

from pathlib import Path

from detente.brief.compose import compose
from detente.brief.findings import find
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.cli.files import write_whole
from detente.negotiation.derive import derive_negotiation, merge_derived
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.model import Negotiation
from detente.record.codec import to_json
from detente.record.model import Record


def write_dossier(record: Record, folder: Path) -> Path:
    """Write all of it into the folder; the path of the page is returned.

    An analyst's edits in a ``negotiation.yaml`` that is there already are kept.
    """
    negotiation = _negotiation(record, folder / "negotiation.yaml")
    page = compose(record, negotiation, find(negotiation))
    write_whole(folder / "record.json", [to_json(record).encode()])
    write_whole(folder / "negotiation.yaml", [dump_negotiation(negotiation).encode()])
    write_whole(folder / "brief.html", [to_html(page).encode()])
    write_whole(folder / "brief.md", [to_markdown(page).encode()])
    return folder / "brief.html"


def _negotiation(record: Record, path: Path) -> Negotiation:
    derived = derive_negotiation(record)
    if not path.exists():
        return derived
    return merge_derived(load_negotiation(path.read_text(encoding="utf-8"), path.name), derived)
