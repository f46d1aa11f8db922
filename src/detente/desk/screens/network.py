"""The network: who says what about whom, as a picture and the same as a table."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from detente.brief.names import Names
from detente.desk.cards import card_of
from detente.desk.case import Case
from detente.desk.fields import NotTaken
from detente.desk.guards import Reader
from detente.desk.pages import page
from detente.desk.quoted import quoted
from detente.desk.screens.items import AtCase, names_of
from detente.desk.ties import Network, Tie, network
from detente.desk.ties_drawing import MOST_TIES, drawn
from detente.errors import UnknownItem
from detente.record.model import Record
from detente.vocabulary import Act

router = APIRouter()

_ROWS: Final = 200
_QUOTES: Final = 40
_COLOURS: Final = 5


@router.get("/network", response_class=HTMLResponse)
def show(
    request: Request, _: Reader, case: AtCase, *, act: str = "", party: str = "", who: str = "camps"
) -> HTMLResponse:
    """The picture and the table.

    Args:
        act: Only statements of this act; empty: all.
        party: Only the ties of this party in the table; empty: all.
        who: ``"camps"``, or ``"parties"`` for every person and body by itself.
    """
    chosen, camps = _act(act), who != "parties"
    names, found = names_of(case), _network(case, chosen, camps=camps)
    if party and party not in found.parties:
        party = ""
    ties = [tie for tie in found.ties if party in ("", tie.speaker, tie.target)]
    return page(
        request,
        "network.html",
        network=found,
        picture=Markup(drawn(found, names, _colours(found, names.record))),  # noqa: S704  # escaped as XML
        names=names,
        ties=ties[:_ROWS],
        every=len(ties),
        party=party,
        acts=Act,
        act=chosen,
        who="camps" if camps else "parties",
        most=MOST_TIES,
    )


@router.get("/network/said", response_class=HTMLResponse)
def said(
    request: Request, _: Reader, case: AtCase, *, speaker: str, target: str, act: str = "", who: str = "camps"
) -> HTMLResponse:
    """What one party says of another, with its words."""
    found, names = _network(case, _act(act), camps=who != "parties"), names_of(case)
    tie = next((one for one in found.ties if (one.speaker, one.target) == (speaker, target)), None)
    if tie is None:
        raise UnknownItem("The one says nothing of the other in these articles.")
    return page(
        request, "network_said.html", tie=tie, names=names, shown=_spoken(case, names, tie), most=_QUOTES
    )


def _spoken(case: Case, names: Names, tie: Tie) -> list[tuple[object, object]]:
    items = [case.store.item(one) for one in tie.statements[:_QUOTES]]
    return [
        (card_of(item, names), quoted(item.claim.evidence[0], names, item=item.claim.id, most=400))
        for item in items
    ]


def _network(case: Case, act: Act | None, *, camps: bool) -> Network:
    return case.following(f"network {act} {camps}", lambda record: network(record, act, camps=camps))


def _colours(found: Network, record: Record) -> dict[str, int]:
    """A colour for each of the busiest camps; the others share the last."""
    camps = list(dict.fromkeys(record.camp(party) for party in found.parties))[:_COLOURS]
    return {party: camps.index(camp) for party in found.parties if (camp := record.camp(party)) in camps}


def _act(written: str) -> Act | None:
    try:
        return Act(written) if written else None
    except ValueError as error:
        raise NotTaken(f"{written!r} is no act; there are {', '.join(Act)}.") from error
