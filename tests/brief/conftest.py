"""The invented case that the brief's tests read."""

import pytest
import varda

from detente.brief.compose import compose
from detente.brief.model import Brief
from detente.record.model import Record


@pytest.fixture(scope="session")
def record() -> Record:
    return varda.record()


@pytest.fixture(scope="session")
def brief(record: Record) -> Brief:
    return compose(record)
