import importlib.util
import os
import signal
import subprocess
import sys
import time

import pytest

from detente.errors import MissingExtra
from detente.reading import workers
from detente.reading.reader import BATCH, Reader
from detente.reading.workers import Workers, open_reader
from detente.settings import Settings

needs_ray = pytest.mark.skipif(
    not importlib.util.find_spec("ray"), reason="the extra detente[ray] is not installed"
)


def test_one_process_is_read_without_ray(monkeypatch):
    monkeypatch.setattr(workers, "find_spec", lambda _name: None)
    assert isinstance(open_reader(Settings()), Reader)


def test_several_processes_without_ray_say_what_to_install(monkeypatch):
    monkeypatch.setattr(workers, "find_spec", lambda _name: None)
    with pytest.raises(MissingExtra, match=r"detente\[ray\]"):
        open_reader(Settings(workers=2))


@needs_ray
def test_several_processes_go_by_the_name_of_one():
    assert Workers(Settings(workers=2)).name == Reader(Settings()).name


def skip_where_ray_does_not_start(told: str) -> None:
    """Ray gives its own processes half a minute to come up, whatever else the machine does."""
    if "Ray did not start" in told:
        pytest.skip("this machine is too busy for Ray to start")


ALIKE = r"""
from detente.articles import Article
from detente.reading.reader import BATCH, Reader
from detente.reading.workers import Workers
from detente.settings import Settings

words = (
    "Norland's foreign minister said that it would free the sailors if Sudmark ended its patrols.\\n\\n"
    "Sudmark accused Norland of arming smugglers, a charge that Norland denied.\\n"
)
numbers = range(2 * BATCH + 3)
articles = [Article(id=str(n), file="a.txt", sha256="", text=words * (1 + n % 3)) for n in numbers]
found = list(Workers(Settings(workers=2)).read(articles))
print(len(found), found == list(Reader(Settings()).read(articles)), bool(found[0].claims.statements))
"""

KILLED = """
import os
from detente.articles import Article
from detente.reading import workers
from detente.settings import Settings

read_batch = workers.read_batch

def dying(batch, settings):
    if any("fatal" in article.text for article in batch):
        os._exit(9)
    return read_batch(batch, settings)

workers.read_batch = dying
texts = ["Norland said no.", "A fatal word.", "Sudmark denied it."]
articles = [Article(id=str(n), file="a.txt", sha256="", text=text) for n, text in enumerate(texts)]
readings = list(workers.Workers(Settings(workers=1)).read(articles))
for reading in readings:
    print("\\n@", reading.article, *(gap.reason for gap in reading.gaps), flush=True)
"""

# A run in the background is started deaf to the keyboard; this one listens wherever it is started.
ENDLESS = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from itertools import count
from detente.articles import Article
from detente.reading.workers import Workers
from detente.settings import Settings

coming = (Article(id=str(n), file="a.txt", sha256="", text="Norland said no.") for n in count())
try:
    for reading in Workers(Settings(workers=1)).read(coming):
        print(reading.article, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def started(program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"RAY_DEDUP_LOGS": "0"},
    )


@needs_ray
def test_several_processes_read_as_one_does_and_in_order():
    out, err = started(ALIKE).communicate(timeout=300)
    skip_where_ray_does_not_start(err)
    assert out == f"{2 * BATCH + 3} True True\n", err


@needs_ray
def test_a_process_that_dies_takes_down_only_the_article_it_died_of():
    out, err = started(KILLED).communicate(timeout=300)
    skip_where_ray_does_not_start(err)
    # Ray itself tells of the dead process on the same stream
    lines = [line.removeprefix("@ ") for line in out.splitlines() if line.startswith("@ ")]
    assert [line.split()[0] for line in lines] == ["0", "1", "2"], err
    assert lines[0] == "0"
    assert lines[2] == "2"
    assert "reading stopped: WorkerCrashedError" in lines[1]


@needs_ray
def test_a_stop_from_the_keyboard_ends_all_processes():
    process = started(ENDLESS)
    assert process.stdout is not None
    first = process.stdout.readline()
    if not first:
        skip_where_ray_does_not_start(process.communicate()[1])
    assert first == "0\n"
    os.killpg(process.pid, signal.SIGINT)
    before = time.monotonic()
    out, err = process.communicate(timeout=120)
    assert out.endswith("stopped\n"), err
    assert "Traceback" not in err
    assert time.monotonic() - before < 60
    left = subprocess.run(
        ["ps", "-s", str(process.pid), "-o", "args="], capture_output=True, text=True, check=False
    )
    assert left.stdout.strip() == ""
