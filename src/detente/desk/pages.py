"""Pages from templates: everything escaped, with what every screen needs beside its own."""

from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from detente.desk.case import Case
from detente.desk.environment import templates

SCREENS: Final = (
    ("/", "State of play"),
    ("/articles", "Articles"),
    ("/queue", "Review"),
    ("/agenda", "Agenda"),
    ("/timeline", "Timeline"),
    ("/disputes", "Disputes"),
    ("/parties", "Parties"),
    ("/issues", "Issues"),
    ("/outcomes", "Outcomes"),
    ("/network", "Network"),
    ("/search", "Search"),
    ("/add", "Add"),
    ("/export", "Export"),
)


def page(request: Request, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:  # noqa: ANN401  # whatever the template shows
    """A template as an answer.

    Args:
        request: Of somebody signed in, or of nobody (then no menu is shown).
        template: Its name; one that begins with ``_`` is a part of a page, for htmx.
        status: Of the answer.
        shown: The template's own values.
    """
    case: Case = request.app.state.case
    whole = templates().get_template(template)
    return HTMLResponse(
        whole.render(
            case=case,
            person=getattr(request.state, "person", None),
            csrf=getattr(request.state, "csrf", ""),
            screens=SCREENS,
            here=request.url.path,
            **shown,
        ),
        status_code=status,
    )


def case_of(request: Request) -> Case:
    """The case on the desk, for ``Depends``."""
    case: Case = request.app.state.case
    return case
