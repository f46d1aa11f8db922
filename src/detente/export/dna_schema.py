"""The tables of a Discourse Network Analyzer 3 file, column by column.

Source:
    Leifeld (2022), *Discourse Network Analyzer* 3.0: the SQLite tables that it creates and opens.
"""

from collections.abc import Iterator, Mapping
from typing import Final

VERSION: Final = ("3.0.8", "2022-06-16")
"""Version and date of the program whose tables these are; it looks at the first digit."""

LONGEST: Final = 190
"""Characters that a short text may have."""

_ALLOWED: Final = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders",
    "EditCoderRelations", "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements",
    "EditOthersStatements",
)  # fmt: skip
_SORTS: Final = ("boolean", "integer", "long text", "short text")
_KEY: Final = "ID INTEGER NOT NULL PRIMARY KEY"


def statements() -> Iterator[str]:
    """The SQL that makes the tables, all empty."""
    for table, columns in _TABLES.items():
        yield f"CREATE TABLE IF NOT EXISTS {table}({', '.join(columns)});"


def _short(name: str, default: str = "") -> str:
    return f"{name} TEXT NOT NULL{default} CHECK (LENGTH({name}) <= {LONGEST})"


def _between(name: str, low: int, high: int, default: int) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT {default} CHECK ({name} BETWEEN {low} AND {high})"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _values(value: str, *more: str) -> tuple[str, ...]:
    """A table that gives each statement its value of a variable."""
    return (
        _KEY, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", value,
        _refers("StatementId", "STATEMENTS"), _refers("VariableId", "VARIABLES"), *more,
        "UNIQUE (StatementId, VariableId)",
    )  # fmt: skip


_COLOUR: Final = tuple(_between(name, 0, 255, 0) for name in ("Red", "Green", "Blue"))
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
    "CODERS": (
        _KEY, _short("Name"), *_COLOUR, _between("Refresh", 0, 9999, 0), _between("FontSize", 1, 99, 14),
        _short("Password"), _between("PopupWidth", 100, 9999, 300), _between("ColorByCoder", 0, 1, 0),
        _between("PopupDecoration", 0, 1, 0), _between("PopupAutoComplete", 0, 1, 1),
        *(_between(f"Permission{one}", 0, 1, 1) for one in _ALLOWED),
    ),
    "DOCUMENTS": (
        _KEY, _short("Title"), "Text TEXT NOT NULL", "Coder INTEGER",
        *(_short(name, " DEFAULT ''") for name in ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''", _short("Type", " DEFAULT ''"), "Date INTEGER NOT NULL",
        _refers("Coder", "CODERS"),
    ),
    "STATEMENTTYPES": (_KEY, _short("Label"), *_COLOUR),
    "VARIABLES": (
        _KEY, _short("Variable"),
        f"DataType TEXT NOT NULL DEFAULT 'short text' CHECK (DataType IN {_SORTS})",
        "StatementTypeId INTEGER", _refers("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": (
        _KEY, "SourceVariableId INTEGER", "TargetVariableId INTEGER",
        "CHECK (TargetVariableId != SourceVariableId)", _refers("SourceVariableId", "VARIABLES"),
        _refers("TargetVariableId", "VARIABLES"),
    ),
    "REGEXES": (f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) <= {LONGEST})", *_COLOUR),
    "CODERRELATIONS": (
        _KEY, "Coder INTEGER CHECK (Coder > 0)", "OtherCoder INTEGER CHECK (OtherCoder > 0)",
        *(
            _between(name, 0, 1, 1)
            for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
        ),
        "CHECK (Coder != OtherCoder)", _refers("Coder", "CODERS"), _refers("OtherCoder", "CODERS"),
    ),
    "STATEMENTS": (
        _KEY, "StatementTypeId INTEGER", "DocumentId INTEGER", "Start INTEGER NOT NULL CHECK (Start >= 0)",
        "Stop INTEGER NOT NULL CHECK (Stop >= 0)", "Coder INTEGER", "CHECK (Start < Stop)",
        _refers("StatementTypeId", "STATEMENTTYPES"), _refers("Coder", "CODERS"),
        _refers("DocumentId", "DOCUMENTS"),
    ),
    "DATABOOLEAN": _values("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _values("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": (
        _KEY, "VariableId INTEGER NOT NULL", _short("Value", " DEFAULT ''"), *_COLOUR,
        "ChildOf INTEGER CHECK (ChildOf > 0)", "UNIQUE (VariableId, Value)", _refers("ChildOf", "ENTITIES"),
        _refers("VariableId", "VARIABLES"),
    ),
    "DATASHORTTEXT": _values("Entity INTEGER NOT NULL", _refers("Entity", "ENTITIES")),
    "DATALONGTEXT": _values("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": (
        _KEY, "VariableId INTEGER NOT NULL", _short("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)", _refers("VariableId", "VARIABLES"),
    ),
    "ATTRIBUTEVALUES": (
        _KEY, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL",
        _short("AttributeValue", " DEFAULT ''"), "UNIQUE (EntityId, AttributeVariableId)",
        _refers("EntityId", "ENTITIES"), _refers("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ),
}  # fmt: skip
