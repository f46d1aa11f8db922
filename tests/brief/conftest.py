"""The invented case that the brief's tests read."""

import pytest
import varda

from detente.brief.compose import compose
from detente.brief.findings import find
from detente.brief.model import Brief
from detente.record.model import Record
from detente.settings import Settings


@pytest.fixture(scope="session")
def record() -> Record:
    return varda.record()


@pytest.fixture(scope="session")
def brief(record: Record) -> Brief:
    talks = varda.negotiation()
    return compose(record, talks, find(talks, Settings(samples=100)))
