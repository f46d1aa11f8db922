"""Small signs of what a statement does, and what they were learned to speak for."""

import numpy as np
import pytest
from telling import scene_of

from detente.reading.acts import act_of, ground_of
from detente.reading.signs import ACTS, weigh
from detente.vocabulary import Act

EVEN = tuple((act, 1 / len(Act)) for act in Act)


@pytest.mark.parametrize(
    ("text", "cue", "said", "act"),
    [
        ("Egypt told boat owners to leave the river.", "told", "boat owners to leave the river", Act.DEMAND),
        ("Egypt said it will reopen the river port.", "said", "it will reopen the river port", Act.PROMISE),
        (
            "Egypt said Sudan has broken the river pact.",
            "said",
            "Sudan has broken the river pact",
            Act.ACCUSATION,
        ),
        ("Egypt said it would not meet Sudan.", "said", "it would not meet Sudan", Act.REFUSAL),
    ],
)
def test_what_is_said_shows_the_act_where_the_encoder_does_not_tell(text, cue, said, act) -> None:
    scene = scene_of(text)
    at = text.index(cue)
    ground = ground_of(
        scene.doc,
        scene.cast,
        ((at, at + len(cue)),),
        (text.index(said), text.index(said) + len(said)),
        next(party.id for party in scene.cast.parties if party.name == "Egypt"),
    )
    assert act_of(ground, EVEN) is act


def test_a_sign_never_seen_speaks_for_nothing() -> None:
    assert not weigh(["no such sign"]).any()
    assert np.array_equal(weigh(["if", "no such sign"]), weigh(["if"]))
    assert len(weigh(["if"])) == len(ACTS)
