"""``packages``, ``tables`` and ``forecast`` run as their users run them."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from detente.cli import main

RIVER = """
negotiation: river
parties:
  - {id: ardia, name: Ardia, capability: 40}
  - {id: belmark, name: Belmark, capability: [20, 30]}
options:
  - {id: port, by: ardia, text: open the port, issue: trade}
  - {id: troops, by: ardia, text: withdraw the troops}
  - {id: toll, by: belmark, text: drop the river toll, issue: trade}
status_quo: "000"
preferences:
  ardia: {weights: {port: -10, troops: [-60, -40], toll: 50}}
  belmark: {weights: {port: 40, troops: 30, toll: [-30, -10]}}
issues:
  - id: trade
    label: "[Trade] on the river"
    positions: {ardia: {position: [70, 90], salience: 60}, belmark: {position: 20, salience: 80}}
tables:
  - {id: two, parties: [ardia, belmark], label: the two}
"""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def detente(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """The command line in this process: what it prints, and its exit code."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["detente", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return run


@pytest.fixture
def river(tmp_path: Path) -> Path:
    file = tmp_path / "river.yaml"
    file.write_text(RIVER, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("command", "schema", "key"),
    [
        ("packages", "detente/packages/1", "frontier"),
        ("tables", "detente/tables/1", "tables"),
        ("forecast", "detente/forecast/1", "issues"),
    ],
)
def test_json_goes_to_stdout_and_nothing_to_stderr(detente, river, command, schema, key):
    done = detente(command, river, "--json", "--seed", 3, "--samples", 50)
    assert (done.returncode, done.stderr) == (0, "")
    shown = json.loads(done.stdout)
    assert shown["schema"] == schema
    assert shown[key]
    assert done.stdout == detente(command, river, "--json", "--seed", 3, "--samples", 50).stdout


def test_packages_on_a_terminal_say_who_gives_what_and_how_sure_it_is(detente, river):
    done = detente("packages", river, "--table", "two")
    assert done.returncode == 0, done.stderr
    assert "At the table: Ardia, Belmark." in done.stdout
    assert "Ardia gives “open the port”: costs it little, worth much to Belmark." in done.stdout
    assert "worlds drawn from the ranges" in done.stdout


def test_tables_and_forecasts_on_a_terminal_are_read_without_a_key(detente, river):
    tables = detente("tables", river)
    assert "Which table can deliver what" in tables.stdout
    forecast = detente("forecast", river, "--model", "expected-utility")
    assert "[Trade] on the river" in forecast.stdout
    assert "known to jump" in forecast.stdout


@pytest.mark.parametrize("command", ["packages", "tables", "forecast"])
def test_help_has_an_example(detente, command):
    done = detente(command, "--help")
    assert done.returncode == 0
    assert f"detente {command} negotiation.yaml" in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("negotiation: x\nparties: [{id: a}", "bad.yaml:", id="broken yaml"),
        pytest.param(RIVER.replace("by: belmark", "by: nobody"), "bad.yaml:", id="unknown party"),
        pytest.param(RIVER.replace("[-60, -40]", ".nan"), "bad.yaml:", id="not a number"),
        pytest.param(
            RIVER.replace("status_quo", "constraints: [port, not port]\nstatus_quo"),
            "contradict",
            id="contradiction",
        ),
        pytest.param("a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", "bad.yaml:", id="yaml bomb"),
    ],
)
def test_a_malformed_file_is_one_clear_line(detente, tmp_path, text, told):
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    done = detente("packages", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


def test_what_is_no_text_or_no_file_is_one_clear_line(detente, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_bytes(b"\xff\xfe\x00bad")
    assert "is not UTF-8" in detente("packages", file).stderr
    missing = detente("forecast", tmp_path / "none.yaml")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)


def test_an_unknown_table_and_a_file_without_positions_say_what_to_do(detente, river, tmp_path):
    assert "choose one of two" in detente("packages", river, "--table", "ten").stderr
    bare = tmp_path / "bare.yaml"
    bare.write_text(RIVER.split("issues:\n", maxsplit=1)[0].replace(", issue: trade", ""), encoding="utf-8")
    done = detente("forecast", bare)
    assert done.returncode == 1
    assert "give positions under 'issues'" in done.stderr


def test_neither_or_both_of_file_and_record_is_bad_usage(detente, river):
    assert detente("packages").returncode == 2
    assert detente("packages", river, "--record", river).returncode == 2


def test_pictures_are_drawn_into_the_folder(detente, river, tmp_path):
    assert detente("packages", river, "--pictures", tmp_path / "p", "--samples", 20).returncode == 0
    assert detente("forecast", river, "--pictures", tmp_path / "p", "--samples", 20).returncode == 0
    drawn = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "p").iterdir()}
    assert set(drawn) == {"packages.svg", "acceptability.svg", "flips.svg", "forecast.svg"}
    assert all(svg.startswith("<svg") for svg in drawn.values())
    assert "gain of Ardia over no deal" in drawn["packages.svg"]
    assert "[Trade] on the river" in drawn["forecast.svg"]
