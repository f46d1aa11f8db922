"""Take the record elsewhere."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from detente.desk.guards import Reader
from detente.desk.pages import case_of, page
from detente.desk.takeaway import download
from detente.export.formats import FORMATS

router = APIRouter()

# A form that no group names stands among the last.
_GROUPS: Final = (
    ("To read and print", ("docx", "print")),
    ("Tables", ("xlsx", "csv", "parquet", "jsonl")),
    ("The whole record", ("json",)),
    ("Networks", ("gexf", "graphml", "dna", "dna-csv")),
    ("References and dates", ("csl-json", "ris", "bibtex", "ical")),
    (
        "Annotation and coding",
        ("web-annotation", "refi-qda", "label-studio", "label-studio-config", "plover"),
    ),
)


@router.get("/export", response_class=HTMLResponse)
def choose(request: Request, _: Reader) -> HTMLResponse:
    """The forms to take it in."""
    grouped = [(title, [FORMATS[name] for name in names if name in FORMATS]) for title, names in _GROUPS]
    named = {name for _, names in _GROUPS for name in names}
    rest = [form for form in FORMATS.values() if form.name not in named]
    return page(request, "export.html", groups=[*grouped, ("More", rest)])


@router.get("/export/{form}")
def take(request: Request, _: Reader, form: str) -> StreamingResponse:
    """One of them, as a file."""
    return download(case_of(request), form)
