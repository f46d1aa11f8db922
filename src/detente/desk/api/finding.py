"""What changed, where words stand, and the record in other forms."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from detente.desk.api.answers import Id
from detente.desk.api.asking import AtCase, Limit
from detente.desk.guards import Reader
from detente.desk.takeaway import download
from detente.export.formats import FORMATS
from detente.record.changes import Change, changes_between
from detente.record.pages import Hit

router = APIRouter(tags=["finding and taking elsewhere"])


@router.get("/changes")
def changes(_: Reader, case: AtCase, since: date = date.min, until: date = date.max) -> tuple[Change, ...]:
    """What articles after ``since``, up to ``until``, tell that those before did not."""
    return changes_between(case.record(), since, until)


@router.get("/search")
def search(
    _: Reader, case: AtCase, q: Annotated[str, Query(max_length=500)], limit: Limit = 50
) -> tuple[Hit, ...]:
    """Where words stand: names of parties first, then quotes and articles."""
    return case.store.search(q, limit)


@router.get("/forms")
def forms(_: Reader) -> dict[str, str]:
    """The forms that the record can be taken in, and what each is."""
    return {form.name: form.about for form in FORMATS.values()}


@router.get("/export/{form}", response_class=StreamingResponse)
def export(_: Reader, case: AtCase, form: Id) -> StreamingResponse:
    """The settled record in a form."""
    return download(case, form)
