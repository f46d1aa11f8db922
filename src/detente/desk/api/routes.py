"""The whole API as one router, with its own description."""

from typing import Any, Final

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from detente import __version__
from detente.desk.api import articles, finding, items, names, negotiation, together, views
from detente.desk.api.answers import Wrong
from detente.desk.guards import Reader

_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Wrong, "description": why}
    for status, why in {
        400: "Not understood, or not possible as the record stands.",
        401: "Nobody is signed in.",
        403: "Signed in, and not allowed.",
        404: "Not there.",
        409: "Somebody decided on it since.",
        413: "Too much at once.",
        422: "A part of the request is not what it should be.",
        429: "Too many tries; wait.",
    }.items()
}

router = APIRouter(prefix="/api/v1", responses=_REFUSALS)
for part in (articles, items, together, names, finding, views, negotiation):
    router.include_router(part.router)


@router.get("/openapi.json", include_in_schema=False)
def describe(_: Reader) -> dict[str, Any]:
    """The API, described."""
    described = get_openapi(
        title="Detente",
        version=__version__,
        summary="The desk for programs. Make a key with `detente user token NAME`.",
        routes=router.routes,
    )
    described.setdefault("components", {})["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"key": []}]
    return described
