"""Who speaks of whom, as a network over time: GEXF for Gephi, GraphML for networkx, yEd and R."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterator

import networkx

from detente.brief.html import visible
from detente.dates import earliest, latest
from detente.export.case import Case
from detente.record.model import Record


def gexf(case: Case) -> Iterator[bytes]:
    """GEXF with a time span for every tie."""
    buffer = io.BytesIO()
    networkx.write_gexf(network(case.record), buffer)
    yield buffer.getvalue()


def graphml(case: Case) -> Iterator[bytes]:
    """GraphML with the same nodes and ties."""
    buffer = io.BytesIO()
    networkx.write_graphml(network(case.record), buffer)
    yield buffer.getvalue()


def network(record: Record) -> "networkx.DiGraph[str]":
    """A node a party that speaks or is spoken to, a tie from speaker to target for each act.

    A tie carries ``weight`` (statements), its most frequent ``act``, and ``start`` and ``end`` where the
    articles are dated.
    """
    ties: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    dates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in record.statements:
        if statement.speaker in record.party and statement.target in record.party:
            tie = (str(statement.speaker), str(statement.target))
            ties[tie][statement.act.value] += 1
            published = record.article[statement.evidence[0].article].published
            dates[tie] += [published] if published else []
    graph: networkx.DiGraph[str] = networkx.DiGraph(mode="dynamic", timeformat="date")
    for party in sorted({end for tie in ties for end in tie}):
        held = record.party[party]
        camp = record.camp(party)
        graph.add_node(
            party,
            label=visible(held.name),
            kind=held.kind.value,
            camp=visible(record.party[camp].name) if camp else "",
        )
    for tie, acts in sorted(ties.items()):
        spoken = {"weight": acts.total(), "act": acts.most_common(1)[0][0], **_span(dates[tie])}
        graph.add_edge(tie[0], tie[1])
        graph.edges[tie].update(spoken)
    return graph


def _span(dates: list[str]) -> dict[str, str]:
    if not dates:
        return {}
    return {
        "start": min(map(earliest, dates)).isoformat(),
        "end": max(map(latest, dates)).isoformat(),
    }
