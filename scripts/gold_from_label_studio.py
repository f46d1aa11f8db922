"""Turn a Label Studio export into a folder of gold that the reading is scored against.

    gold_from_label_studio.py EXPORT.json OUT [--predictions]

EXPORT.json is Label Studio's full JSON (not JSON-MIN) of a project whose interface is that of
``detente export --format label-studio-config``. For each annotated task OUT gets the article's text, a gold
JSON object of the same name under gold/, and gold/parties.json with every party once. ``--predictions``
takes the machine's labels where nobody annotated a task.
"""

import argparse
import json
import sys
from pathlib import Path

from detente.errors import DetenteError
from detente.export.gold import gold_of
from detente.sources.formats.label_studio import tasks_of


def main() -> int:
    """Write the folder; say what was left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--predictions", action="store_true")
    arguments = parser.parse_args()
    try:
        tasks = tasks_of(arguments.export.read_bytes(), str(arguments.export))
    except (DetenteError, OSError) as error:
        print(f"gold_from_label_studio: {error}", file=sys.stderr)
        return 1
    made = [gold_of(task, predictions=arguments.predictions) for task in tasks]
    found = [gold for gold in made if gold is not None]
    folder = arguments.out / "gold"
    folder.mkdir(parents=True, exist_ok=True)
    parties: dict[str, dict[str, object]] = {}
    taken: set[str] = set()
    for number, gold in enumerate(found, 1):
        name = gold.name if gold.name not in taken else f"{gold.name}-{number}"
        taken.add(name)
        tree = {**gold.tree, "doc": f"{name}.txt"}
        (arguments.out / f"{name}.txt").write_text(gold.text, encoding="utf-8")
        (folder / f"{name}.json").write_text(
            json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        parties |= {party["name"]: party for party in gold.tree["parties"]}
    (folder / "parties.json").write_text(
        json.dumps(list(parties.values()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    lost = sum(gold.lost for gold in found)
    print(f"{len(found)} of {len(tasks)} tasks written; {lost} labels left out: their words are not there.")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
