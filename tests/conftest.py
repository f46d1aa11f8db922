"""What several tests need."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture
def shared() -> Path:
    """The annotated data beside the repo; the test is skipped where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the annotated data (shared/) is not beside the repo")
    return SHARED
