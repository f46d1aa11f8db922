"""Runs the desk on an address of this machine."""

import uvicorn
from fastapi import FastAPI

from detente.desk.door import Door


def serve(app: FastAPI, door: Door, *, host: str, port: int) -> None:
    """Serve until interrupted; the link to sign in is printed first.

    Args:
        app: From ``create_app``.
        door: The same that the application has.
        host: A loopback address, or another one where users exist.
        port: TCP port; 0 for any free one.
    """
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)
    server = uvicorn.Server(config)
    print(f"Open http://{host}:{port}/enter?link={door.link}", flush=True)  # noqa: T201  # the way in
    server.run()
