"""The commands a newcomer runs first, run as they run them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "iraq-talks"


def detente(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "detente", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dossier") / "brief"
    done = detente("brief", EXAMPLES, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "brief.html" in done.stdout
    assert done.stderr == ""
    return out


def test_the_brief_command_writes_all_five_files(dossier: Path) -> None:
    assert {path.name for path in dossier.iterdir()} >= {
        "record.db",
        "record.json",
        "negotiation.yaml",
        "brief.html",
        "brief.md",
    }


def test_every_quote_is_a_substring_of_its_article(dossier: Path) -> None:
    record = json.loads((dossier / "record.json").read_text(encoding="utf-8"))
    texts = {article["id"]: article["text"] for article in record["articles"]}
    kinds = ("statements", "demands", "promises", "disputes", "events", "meetings", "signals", "factions")
    quotes = [e for kind in kinds for item in record[kind] for e in item["evidence"]]
    assert len(quotes) > 100
    assert all(texts[e["article"]][e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_the_example_shows_every_kind_of_item(dossier: Path) -> None:
    record = json.loads((dossier / "record.json").read_text(encoding="utf-8"))
    assert record["schema"] == "detente/record/1"
    assert len(record["articles"]) == 8
    for kind in (
        "statements",
        "demands",
        "promises",
        "disputes",
        "events",
        "meetings",
        "signals",
        "factions",
    ):
        assert record[kind], kind


def test_reading_the_same_articles_twice_changes_nothing(tmp_path: Path) -> None:
    record = tmp_path / "talks.db"
    article = EXAMPLES / "2007-07-lantern-agency.txt"
    exports = []
    for _ in range(2):
        assert detente("read", article, "--record", record).returncode == 0
        done = detente("export", "--record", record)
        exports.append(done.stdout)
    assert exports[0] == exports[1]
    assert json.loads(exports[0])["articles"]


def test_a_broken_file_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "good.txt").write_text(
        (EXAMPLES / "2007-07-lantern-agency.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    easy = detente("brief", folder, "-o", tmp_path / "one")
    strict = detente("brief", folder, "-o", tmp_path / "two", "--strict")
    assert (easy.returncode, strict.returncode) == (0, 1)
    assert [line for line in easy.stderr.splitlines() if "empty.txt" in line]
    assert (tmp_path / "two" / "brief.html").exists()
    assert "empty.txt" in (tmp_path / "one" / "brief.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["brief", "no/such/folder"], 1, id="a folder that is not there"),
        pytest.param(["export", "--record", "nothing.db"], 1, id="a record that is not there"),
        pytest.param(["negotiation", "--record", "nothing.db"], 1, id="no record to derive from"),
        pytest.param(["stability", "nothing.yaml"], 1, id="a negotiation file that is not there"),
        pytest.param(["brief"], 2, id="no path at all"),
        pytest.param(["read", "x.txt"], 2, id="no record named"),
        pytest.param(["export", "--record", "nothing.db", "--format", "stone"], 2, id="an unknown format"),
        pytest.param(["negotiate"], 2, id="an unknown command"),
    ],
)
def test_bad_use_and_bad_input_end_without_a_traceback(
    arguments: list[str], code: int, tmp_path: Path
) -> None:
    done = detente(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    if code == 1:
        assert len(done.stderr.strip().splitlines()) <= 2
    assert not (tmp_path / "nothing.db").exists()


def test_every_command_has_help_and_the_version_is_told() -> None:
    assert detente("--version").stdout.startswith("detente ")
    overview = detente("--help").stdout
    for command in ("brief", "read", "export", "negotiation", "stability", "packages", "paths", "forecast"):
        assert command in overview
        assert "Usage" in detente(command, "--help").stdout


def test_decisions_survive_when_the_brief_is_made_again(dossier: Path) -> None:
    yaml = dossier / "negotiation.yaml"
    before = yaml.read_text(encoding="utf-8")
    assert detente("brief", EXAMPLES, "-o", dossier).returncode == 0
    assert yaml.read_text(encoding="utf-8") == before


def test_the_brief_tells_of_the_given_paths_alone(tmp_path: Path) -> None:
    out = tmp_path / "brief"
    first, second = sorted(EXAMPLES.glob("*.txt"))[:2]
    detente("brief", first, "-o", out)
    detente("brief", second, "-o", out)
    record = json.loads((out / "record.json").read_text(encoding="utf-8"))
    assert [Path(article["file"]).name for article in record["articles"]] == [second.name]


def test_a_killed_reading_leaves_a_whole_record_that_can_be_gone_on_with(tmp_path: Path) -> None:
    record = tmp_path / "talks.db"
    command = [sys.executable, "-m", "detente", "read", str(EXAMPLES), "--record", str(record)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not record.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert detente("read", EXAMPLES, "--record", record).returncode == 0
    assert len(json.loads(detente("export", "--record", record).stdout)["articles"]) == 8
