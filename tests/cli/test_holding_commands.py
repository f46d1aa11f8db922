"""``stability``, ``paths`` and ``spoilers`` print JSON by the contract, and words for a newcomer."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from detente.cli import holding
from detente.errors import InvalidNegotiation

TALKS = """\
negotiation: toll
parties: [{id: north, name: the North}, {id: south, name: the South}]
options: [{id: open, by: north, text: open the port}, {id: pay, by: south, text: pay the toll}]
status_quo: "00"
preferences:
  north: {weights: {open: -10, pay: [20, 40]}}
  south: {weights: {open: 25, pay: [-45, -5]}}
"""


@pytest.fixture
def run(tmp_path: Path):
    file = tmp_path / "toll.yaml"
    file.write_text(TALKS, encoding="utf-8")
    app = typer.Typer()
    holding.register(app)

    def ran(command: str, *arguments: str) -> str:
        result = CliRunner().invoke(app, [command, str(file), *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return ran


def test_stability_prints_the_contracts_json(run):
    told = json.loads(run("stability", "--json", "--samples", "50"))
    assert told["schema"] == "detente/stability/1"
    assert told["equilibria"]["nash"] == ["00"]
    assert all(set(state["stable"]) == {"north", "south"} for state in told["states"])


def test_all_lists_every_state(run):
    told = json.loads(run("stability", "--json", "--all", "--samples", "0"))
    assert [state["state"] for state in told["states"]] == ["00", "01", "10", "11"]


def test_stability_says_in_words_what_holds_whom(run):
    told = " ".join(run("stability", "--state", "11").split())
    assert "If the North were not to open the port, then the South would not pay the toll" in told
    assert "What would have to change for 11 to hold" in told


def test_paths_and_spoilers_print_json_and_words(run):
    assert json.loads(run("paths", "--json"))["start"] == "00"
    assert "it stops here" in " ".join(run("paths").split())
    outcome = json.loads(run("spoilers", "--json", "--state", "11"))["outcomes"][0]
    assert {spoiler["party"] for spoiler in outcome["spoilers"]} == {"north", "south"}
    assert "would rather not open the port" in " ".join(run("spoilers", "--state", "11").split())


def test_a_picture_is_written_as_its_name_says(run, tmp_path):
    run("stability", "--samples", "0", "--picture", str(tmp_path / "states.svg"))
    assert (tmp_path / "states.svg").read_text(encoding="utf-8").startswith("<svg")
    run("stability", "--samples", "0", "--picture", str(tmp_path / "states.png"))
    assert (tmp_path / "states.png").read_bytes().startswith(b"\x89PNG")


def test_an_unknown_state_is_told_in_one_line(run):
    with pytest.raises(InvalidNegotiation, match="not one of the 4"):
        run("stability", "--state", "111")


def test_a_narrow_terminal_keeps_what_is_done_on_one_line(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("stability", "--samples", "50").splitlines()
    assert any("the North: open the port" in line for line in lines)
    assert any("(better for" in line for line in lines)
