"""All claims of one article: what is said, wanted, promised, disputed, done, met on, signalled."""

from detente.claims import Claims
from detente.reading.demands import read_demands
from detente.reading.disputes import read_disputes
from detente.reading.events import read_events
from detente.reading.factions import read_factions
from detente.reading.meetings import read_meetings
from detente.reading.promises import read_promises
from detente.reading.scene import Scene
from detente.reading.signals import read_signals
from detente.reading.times import read_times


def read_claims(scene: Scene) -> Claims:
    """Every claim of the article, the scene's statements among them; times are read once."""
    times = read_times(scene.doc, scene.article.published)
    meetings = read_meetings(scene, times)
    return Claims(
        statements=scene.statements,
        demands=read_demands(scene),
        promises=read_promises(scene, times),
        disputes=read_disputes(scene),
        events=read_events(scene, times, meetings),
        meetings=meetings,
        signals=read_signals(scene),
        factions=read_factions(scene),
    )


def named_in(claims: Claims) -> set[str | None]:
    """Ids of all parties that some claim is by, of, to or about."""
    named: set[str | None] = set()
    for s in claims.statements:
        named |= {s.speaker, s.target, s.affiliation}
    for d in claims.demands:
        named |= {d.by, d.of}
    for p in claims.promises:
        named |= {p.by, p.to, *(r.by for r in p.reports)}
    for q in claims.disputes:
        named |= {q.claimed_by, q.against, q.denied_by}
    for e in claims.events:
        named |= {e.by, e.to, e.asserted_by}
    for m in claims.meetings:
        named |= set(m.parties)
    return named | {s.party for s in claims.signals} | {f.party for f in claims.factions}
