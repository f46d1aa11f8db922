"""Fuzz every target for a bounded time each: ``python fuzz/run.py [--seconds N] [TARGET...]``.

A target that finds a fault stops there; the bytes are kept in ``fuzz/found/``, and the end says how many
faults there are. Exit 1 where there is one.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FOUND = HERE / "found"


def main() -> int:
    """Run what is asked for; the faults found."""
    from targets import TARGETS  # noqa: PLC0415  # after --help

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="left out: all")
    asked = parser.parse_args()
    try:
        import atheris  # noqa: F401, PLC0415  # only whether it is there
    except ImportError:
        print("atheris is not installed: pip install 'atheris>=3', on a system that has a wheel of it.")
        return 2
    faults = [name for name in asked.targets or TARGETS if not fuzz(name, TARGETS[name].seeds, asked.seconds)]
    print(
        f"{len(faults)} of {len(asked.targets or TARGETS)} targets found a fault: {', '.join(faults) or '-'}"
    )
    return 1 if faults else 0


def fuzz(name: str, seeds: tuple[bytes, ...], seconds: int) -> bool:
    """Whether the target held."""
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / f"seed{number}").write_bytes(seed)
        longest = max(map(len, seeds)) * 3
        command = [
            sys.executable, str(HERE / "one.py"), name, f"-max_total_time={seconds}", f"-max_len={longest}",
            "-timeout=20", "-rss_limit_mb=3000", f"-artifact_prefix={FOUND}/{name}-",
            "-print_final_stats=1", corpus,
        ]  # fmt: skip
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    runs = re.search(r"number_of_executed_units: (\d+)", done.stdout)
    reached = re.findall(r"cov: (\d+)", done.stdout)
    print(
        f"{name:16} {'held' if done.returncode == 0 else 'FAULT'}  "
        f"{runs[1] if runs else '?':>8} files, {reached[-1] if reached else '?':>6} places reached",
        flush=True,
    )
    if done.returncode != 0:
        log = FOUND / f"{name}.log"
        log.write_text(done.stdout, encoding="utf-8")
        kept = re.findall(r"Test unit written to (\S+)", done.stdout)
        print(f"    see {log}; again: python fuzz/one.py {name} {kept[-1] if kept else 'FILE'}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
