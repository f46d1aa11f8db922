import sys
from pathlib import Path

# The training scripts are no package: they import each other by name, and so do their tests.
sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
