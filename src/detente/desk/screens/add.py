"""Add articles: drop files, see how far the reading is and what could not be read."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.articles import Unread
from detente.desk.case import Case
from detente.desk.guards import Analyst, Reader
from detente.desk.inbox import Batch
from detente.desk.pages import case_of, page
from detente.desk.people import Person
from detente.desk.uploads import keep
from detente.errors import UnreadableSource
from detente.sources.walk import is_left_behind

router = APIRouter()

AtCase = Annotated[Case, Depends(case_of)]
# A page shows this many of what could not be read; the API gives all.
_SHOWN_UNREAD: Final = 200


@router.get("/add", response_class=HTMLResponse)
def show(request: Request, _: Reader, case: AtCase) -> HTMLResponse:
    """Where files are dropped."""
    unread = case.record().unread
    return page(
        request,
        "add.html",
        batches=case.inbox.batches,
        busy=case.inbox.busy,
        unread=unread[:_SHOWN_UNREAD],
        unread_count=len(unread),
        largest=case.settings.largest_file // 1_000_000,
    )


@router.get("/add/progress", response_class=HTMLResponse)
def progress(request: Request, _: Reader, case: AtCase) -> HTMLResponse:
    """How far the batches are."""
    return page(request, "_add_progress.html", batches=case.inbox.batches, busy=case.inbox.busy)


@router.post("/add")
def take(
    request: Request, person: Analyst, case: AtCase, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Have files read in the background."""
    take_files(case, person, files)
    if "x-part" in request.headers:
        return progress(request, person, case)
    return RedirectResponse("/add", status_code=303)


def take_files(case: Case, person: Person, files: list[UploadFile]) -> Batch:
    """Put files beside the record and have them read; of what is too large it is told why."""
    paths, names, unread = [], [], []
    for file in files:
        name = file.filename or ""
        if not name or is_left_behind(name.replace("\\", "/").rpartition("/")[2]):
            continue
        names.append(name)
        try:
            paths.append(keep(file.file, name, case.inbox.folder, case.settings.largest_file))
        except UnreadableSource as error:
            unread.append(Unread(file=error.where, reason=error.reason))
    case.store.add_unread(unread)
    return case.inbox.put(paths, names=names, who=person.name, unread=unread)
