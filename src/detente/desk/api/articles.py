"""Articles: what is read, how far their review is, and new ones."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, UploadFile
from fastapi import Path as InPath

from detente.articles import Article, Unread
from detente.desk.api.answers import ArticleState, BatchState, Id, State
from detente.desk.api.asking import AtCase, Limit, Offset
from detente.desk.decisions import set_article_state
from detente.desk.guards import Analyst, Reader
from detente.desk.inbox import Batch
from detente.desk.screens.add import take_files
from detente.errors import UnknownItem
from detente.record.edits import Edit
from detente.record.pages import ArticleRow

router = APIRouter(tags=["articles"])


@router.get("/case")
def state(_: Reader, case: AtCase) -> State:
    """What is on the desk."""
    record = case.record()
    counts = case.store.counts()
    return State(
        name=case.name,
        articles=len(record.articles),
        parties=len(record.parties),
        issues=len(record.issues),
        unread=len(record.unread),
        counts={kind.value: {how.value: n for how, n in of.items()} for kind, of in counts.items()},
        being_read=case.inbox.busy,
    )


@router.get("/articles")
def list_articles(
    _: Reader,
    case: AtCase,
    state: Literal["new", "in review", "done"] | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> tuple[ArticleRow, ...]:
    """Articles by date, undated last, with how far their review is."""
    return case.store.article_rows(limit=limit, offset=offset, state=state)


@router.post("/articles", status_code=202)
def add_articles(person: Analyst, case: AtCase, files: Annotated[list[UploadFile], File()]) -> BatchState:
    """Have files read in the background; the batch tells how far that is."""
    return _told(take_files(case, person, files))


@router.get("/batches/{number}")
def batch(_: Reader, case: AtCase, number: Annotated[int, InPath(ge=1, le=2**31)]) -> BatchState:
    """How far a batch of files is."""
    found = case.inbox.batch(number)
    if found is None:
        raise UnknownItem(f"no batch {number} since the desk was opened.")
    return _told(found)


@router.get("/articles/{article}")
def get_article(_: Reader, case: AtCase, article: Id) -> Article:
    """One article, whole."""
    return case.store.article(article)


@router.put("/articles/{article}/state")
def put_state(person: Analyst, case: AtCase, article: Id, told: ArticleState) -> Edit:
    """Say how far the review of an article is."""
    return set_article_state(case, person, article, told.state, expected=told.expected_version)


@router.get("/unread")
def list_unread(_: Reader, case: AtCase) -> tuple[Unread, ...]:
    """Sources that could not be read, each with its reason."""
    return case.record().unread


def _told(batch: Batch) -> BatchState:
    return BatchState(
        number=batch.number,
        stage=batch.stage.value,
        done=batch.done,
        of=batch.of,
        read=batch.read,
        known=batch.known,
        unread=[(source.file, source.reason) for source in batch.unread],
        error=batch.error,
    )
