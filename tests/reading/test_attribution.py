from detente.reading.attribution import Attribution
from detente.vocabulary import Act


def test_the_act_is_the_most_probable_one():
    said = Attribution(
        content=((10, 20),),
        cue=(),
        source=((0, 4),),
        acts=((Act.DENIAL, 0.7), (Act.REPORT, 0.2), (Act.REFUSAL, 0.1)),
        depth=0,
        confidence=0.9,
    )
    assert said.act is Act.DENIAL
