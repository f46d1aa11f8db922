from dataclasses import replace

import pytest
import varda
from hypothesis import given
from hypothesis import strategies as st

from detente.brief.compose import compose
from detente.brief.context import MOST_AROUND, around, shorten
from detente.brief.findings import find, weightiest
from detente.brief.html import to_html
from detente.brief.model import Listing, Mark, Table, Tone, Words
from detente.brief.names import Names
from detente.claims import Demand
from detente.negotiation.model import Option, Range, Weights
from detente.record.model import Record
from detente.settings import Settings
from detente.vocabulary import ClaimKind, MeetingStatus, Review


def section(brief, key):
    return next(one for one in brief.sections if one.key == key)


def texts(brief, key):
    return [line.text for block in section(brief, key).blocks for line in _lines(block)]


def _lines(block):
    if isinstance(block, Listing):
        return block.lines
    if isinstance(block, Table):
        return [
            line
            for row in block.rows
            for line in (row.head, *(one for cell in row.cells for one in cell.lines))
        ]
    return ()


def test_every_number_leads_to_one_note_and_every_note_is_used(brief):
    cited = {number for line in brief.lines() for number in line.notes}
    assert cited == {note.number for note in brief.notes} == set(range(1, len(brief.notes) + 1))


def test_notes_are_numbered_in_the_order_a_reader_meets_them(brief):
    met = list(dict.fromkeys(number for line in brief.lines() for number in line.notes))
    assert met == sorted(met)


def test_every_note_is_a_true_copy_in_its_context(brief, record):
    sources = {source.number: source for source in brief.sources}
    for note in brief.notes:
        text = record.article[note.evidence.article].text
        assert text[note.evidence.start : note.evidence.end] == note.evidence.quote
        assert note.before + note.evidence.quote + note.after in text
        assert sources[note.source].article == note.evidence.article


def test_every_quoted_word_of_a_line_stands_in_an_article(brief, record):
    quoted = [
        p.text for line in brief.lines() for p in line.parts if isinstance(p, Words) and p.tone is Tone.QUOTE
    ]
    assert len(quoted) >= 10
    for words in quoted:
        assert any(words in article.text for article in record.articles), words


def test_every_claim_named_by_a_line_is_in_the_record(brief, record):
    known = {claim.id for _, claim in record.claims()}
    named = {claim for line in brief.lines() for claim in line.claims}
    assert named <= known
    assert {"p1", "d1", "e3", "m3", "s2", "f1"} <= named


def test_the_state_of_play_is_ten_sourced_sentences_at_most(brief):
    lines = section(brief, "play").blocks[0].lines
    assert 6 <= len(lines) <= 10
    assert all(line.notes for line in lines)


def test_two_wordings_of_one_demand_are_counted_together(brief):
    cell = next(text for text in texts(brief, "agenda") if "trawlers" in text and "twice" in text)
    assert "insisted on, twice in two articles, since 12 May 1998" in cell


def test_a_demand_that_is_only_expected_is_marked_and_never_leads(brief):
    line = next(one for one in brief.lines() if "ferry tolls" in one.text)
    assert Mark.EXPECTED in line.marks
    assert not any("ferry tolls" in text for text in texts(brief, "play"))


def test_what_only_an_opinion_piece_says_is_marked(brief):
    line = next(one for one in brief.lines() if "trains the Saltmen" in one.text)
    assert Mark.OPINION in line.marks


def test_a_charge_stands_beside_its_answer_and_how_well_it_meets(brief):
    table = next(b for b in section(brief, "charges").blocks if isinstance(b, Table))
    charge, answer, meets = (cell.lines[0].text for cell in table.rows[0].cells)
    assert "paying informers" in charge
    assert "denied that it pays anybody" in answer
    assert meets.startswith("Meets the charge in part")


def test_a_charge_without_an_answer_is_listed_as_one(brief):
    listing = next(b for b in section(brief, "charges").blocks if isinstance(b, Listing))
    assert "without an answer" in listing.heading
    assert any("That promise was broken" in line.text for line in listing.lines)


def test_a_promise_told_both_ways_is_a_contradiction_and_names_who_tells(brief):
    (line,) = (text for text in texts(brief, "contradictions") if "promise" in text)
    assert "Ada Holm" in line
    assert "broken" in line
    assert "kept" in line


def test_articles_are_named_by_outlet_title_and_date_never_by_file(brief, record):
    names = [source.name for source in brief.sources]
    assert names[0] == "The Ansel Herald, “Varda and Meridia open talks on the Lune strait”, 12 May 1998"
    assert names[4].startswith("untitled report beginning “lune strait talks")
    assert names[4].endswith("undated")
    assert not any(article.file in name for article in record.articles for name in names)


def test_the_unread_file_and_the_gap_are_listed_with_their_reason(brief):
    assert any("annex.pdf: locked with a password" in text for text in texts(brief, "gaps"))
    assert any("no stops" in text for text in texts(brief, "gaps"))


def test_an_unresolved_speaker_keeps_the_words_that_name_him(brief):
    assert any(note.said_by == "“the Meridian defence minister” (not identified)" for note in brief.notes)


def test_a_rejected_item_is_nowhere(record):
    rejected = replace(varda.DEMANDS[0], review=Review.REJECTED)
    without = compose(replace(record, demands=(rejected, *varda.DEMANDS[1:])))
    assert rejected.id not in {claim for line in without.lines() for claim in line.claims}


def test_a_copy_of_a_story_is_counted_once(record):
    copy = replace(record.articles[1], same_story_as="a0")
    brief = compose(replace(record, articles=(record.articles[0], copy, *record.articles[2:])))
    assert any("twice, since" in text for text in texts(brief, "agenda"))


def test_an_empty_record_gives_a_brief_that_says_so():
    brief = compose(Record())
    assert brief.notes == ()
    assert texts(brief, "play") == [
        "The articles tell of no demand, meeting, charge or promise that could be read."
    ]


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_a_record_with_one_kind_of_claim_alone_is_composed(record, kind):
    empty = {other.value: () for other in ClaimKind if other is not kind}
    brief = compose(replace(record, **empty))
    assert brief.notes


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_a_record_without_one_kind_of_claim_is_composed(record, kind):
    assert compose(replace(record, **{kind.value: ()})).notes


def test_two_briefs_of_one_record_agree(record):
    assert compose(record) == compose(record)


def test_long_lists_are_cut_with_an_honest_count(record):
    many = tuple(
        replace(varda.DEMANDS[0], id=f"x{n}", what=f"{word} the pier at berth {word[::-1]}", by=None)
        for n, word in enumerate(f"w{i:04d}x{i * 7919 % 9973:04d}" for i in range(40))
    )
    brief = compose(replace(record, demands=(*varda.DEMANDS, *many)))
    listing = next(
        b
        for b in section(brief, "agenda").blocks
        if isinstance(b, Listing) and b.heading == "Asked by others, or by nobody named"
    )
    total = sum(1 for line in listing.lines if line.claims)
    cited = {number for line in brief.lines() for number in line.notes}
    assert cited == {note.number for note in brief.notes}
    said = next(line.text for line in listing.lines if not line.claims)
    assert said == f"and {40 - total} more demands" or "more demand" in said


@given(st.text(min_size=1, max_size=900), st.data())
def test_the_context_holds_the_quote_and_little_more(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = around(text, (start, end))
    assert 0 <= low <= start < end <= high <= len(text)
    assert start - low <= MOST_AROUND
    assert high - end <= MOST_AROUND


@given(st.text(max_size=600), st.integers(1, 300))
def test_a_shortened_quote_is_its_beginning(quote, most):
    words, was_cut = shorten(quote, most)
    assert quote.startswith(words)
    assert was_cut == (words != quote) or was_cut


def test_the_context_of_a_sentence_is_not_cut_at_an_initial():
    text = "Rain fell. The U.S. envoy J. B. Stone said no. Later he left."
    low, high = around(text, (text.index("said"), text.index("said") + 4))
    assert text[low:high] == text


def test_what_could_hold_gives_ranges_and_what_holds_each_outcome(brief):
    said = texts(brief, "holds")
    assert any("of 1000 worlds" in text or "of 100 worlds" in text for text in said)
    grid = next(
        b for b in section(brief, "holds").blocks if isinstance(b, Table) and "side by side" in b.caption
    )
    heads = [row.head.text for row in grid.rows]
    assert heads[-1] == "Would it hold?"
    assert any(head.startswith("Meridia: free the nine sailors") for head in heads)
    assert all(len(row.cells) == len(grid.columns) - 1 for row in grid.rows)
    assert section(brief, "holds").marks == (Mark.INFERRED,)


def test_every_thing_done_in_an_outcome_leads_to_the_words_it_comes_from(brief):
    grid = next(
        b for b in section(brief, "holds").blocks if isinstance(b, Table) and "side by side" in b.caption
    )
    assert all(row.head.notes for row in grid.rows if ": " in row.head.text)


def test_without_a_negotiation_nothing_is_said_to_hold(record):
    assert not [one for one in compose(record).sections if one.key == "holds"]


def test_an_analysis_that_cannot_run_is_named_and_the_others_run():
    talks = replace(varda.negotiation(), status_quo=None, constraints=("boarding and not boarding",))
    found = find(talks, Settings(samples=20))
    assert found.packages is None
    assert found.forecast is not None
    assert any(reason.startswith("Packages: ") for reason in found.not_run)


def test_of_many_options_the_weightiest_move_and_each_side_keeps_some():
    varda_id, meridia = varda.pid("Varda"), varda.pid("Meridia")
    options = tuple(Option(id=f"o{n}", by=meridia if n % 5 else varda_id, text=f"do {n}") for n in range(20))
    wishes = {varda_id: Weights(values={f"o{n}": Range(n, n) for n in range(20)})}
    talks = replace(varda.negotiation(), options=options, preferences=wishes, status_quo="0" * 20)
    moved = weightiest(talks, 8)
    assert len(moved) == 8
    assert {"o19", "o18", "o15", "o10"} <= set(moved)
    assert "o1" not in moved


def test_a_demand_within_a_camp_is_kept_apart(record):
    inside = Demand(
        id="inside", by=varda.pid("Ada Holm"), of=varda.pid("Varda"), what="keep the camps open",
        evidence=(varda.words(1, "an end to the boarding of its trawlers"),),
    )  # fmt: skip
    brief = compose(replace(record, demands=(*varda.DEMANDS, inside)))
    listing = next(b for b in section(brief, "agenda").blocks if isinstance(b, Listing))
    assert listing.heading == "Asked inside a camp"
    assert "keep the camps open" in listing.lines[0].text


def test_words_that_say_too_little_are_counted_not_listed(record):
    scrap = replace(varda.DEMANDS[0], id="scrap", what="that", issue=varda.ORRE)
    brief = compose(replace(record, demands=(*varda.DEMANDS, scrap)))
    assert "Left out: one demand whose words say too little alone." in texts(brief, "agenda")


def test_meetings_told_alike_are_one_row_with_all_their_words(record):
    again = replace(varda.MEETINGS[1], id="again", evidence=(varda.words(3, "welcomed the step"),))
    brief = compose(replace(record, meetings=(*varda.MEETINGS, again)))
    (table,) = (b for b in section(brief, "meetings").blocks if isinstance(b, Table))
    assert len(table.rows) == 3
    assert len(table.rows[1].cells[2].lines[0].notes) == 2


def test_the_next_step_is_not_one_that_has_passed(record):
    past = replace(varda.MEETINGS[2], date="1998-07")
    brief = compose(replace(record, meetings=(*varda.MEETINGS[:2], past)))
    assert not any(text.startswith("Next step") for text in texts(brief, "play"))


def test_two_hundred_articles_make_a_page_of_sensible_size(record):
    many = many_times(record, 40)
    assert len(many.articles) == 200
    page = to_html(compose(many))
    assert len(page.encode()) < 2_000_000


def many_times(record: Record, times: int) -> Record:
    """The record that many times over, each copy with articles and claims of its own."""
    grown = {kind.value: [] for kind in ClaimKind}
    articles = []
    for n in range(times):
        articles += [replace(one, id=f"{one.id}-{n}") for one in record.articles]
        for kind, claim in record.claims():
            evidence = tuple(replace(e, article=f"{e.article}-{n}") for e in claim.evidence)
            changed = {"id": f"{claim.id}-{n}", "evidence": evidence}
            if hasattr(claim, "reports"):
                changed["reports"] = tuple(
                    replace(r, because=replace(r.because, article=f"{r.because.article}-{n}"))
                    for r in claim.reports
                )
            grown[kind.value].append(replace(claim, **changed))
    fields = {kind: tuple(claims) for kind, claims in grown.items()}
    return replace(record, articles=tuple(articles), gaps=(), **fields)


def test_one_deed_told_of_several_pairs_is_one_row(record):
    turned = replace(varda.EVENTS[3], id="turned", by=varda.pid("Meridia"), to=varda.pid("Varda"))
    brief = compose(replace(record, events=(*varda.EVENTS, turned)))
    told = [text for text in texts(brief, "timeline") if "demands release of the sailors" in text]
    assert told == ["request: demands release of the sailors"]
    assert "Varda and Meridia, each other" in texts(brief, "timeline")


def test_a_promise_of_each_to_the_other_is_one_row(record):
    one = replace(varda.PROMISES[1], id="one", by=varda.pid("Varda"), to=varda.pid("Meridia"))
    other = replace(one, id="other", by=one.to, to=one.by)
    brief = compose(replace(record, promises=(one, other)))
    (table,) = (b for b in section(brief, "promises").blocks if isinstance(b, Table))
    (row,) = table.rows
    assert row.head.text.startswith("Meridia and Varda, each other") or row.head.text.startswith(
        "Varda and Meridia"
    )
    assert set(row.head.claims) == {"one", "other"}


def test_a_denial_in_the_charges_own_words_is_no_answer(record):
    same = replace(varda.DISPUTES[0], evidence=(varda.DISPUTES[0].evidence[0],) * 2)
    brief = compose(replace(record, disputes=(same,)))
    assert not [b for b in section(brief, "charges").blocks if isinstance(b, Table)]


def test_a_demand_in_other_words_on_another_issue_is_one_demand(record):
    first = varda.DEMANDS[0]
    again = replace(
        first,
        id="again",
        what="boarding trawlers must end",
        issue=None,
        evidence=(varda.words(3, "the step"),),
    )
    brief = compose(replace(record, demands=(*varda.DEMANDS, again)))
    assert any("trawlers" in text and "three times" in text for text in texts(brief, "agenda"))


def test_words_that_name_no_deed_stand_apart_from_what_is_asked(record):
    loose = replace(varda.DEMANDS[0], id="loose", what="the strait is not what it was")
    brief = compose(replace(record, demands=(*varda.DEMANDS, loose)))
    listing = next(
        b
        for b in section(brief, "agenda").blocks
        if isinstance(b, Listing) and "no deed" in (b.heading or "")
    )
    assert any("the strait is not what it was" in line.text for line in listing.lines)


def test_an_answer_about_something_else_leaves_the_charge_open(record):
    dispute = next(one for one in varda.DISPUTES if len(one.evidence) > 1)
    stray = replace(dispute, evidence=(dispute.evidence[0], varda.words(3, "welcomed the step")), meets=0.5)
    brief = compose(replace(record, disputes=(stray,)))
    assert not any(isinstance(block, Table) for block in section(brief, "charges").blocks)


def test_a_meeting_to_come_is_not_dated_by_its_announcement(record):
    ahead = varda.MEETINGS[2]
    told = record.article[ahead.evidence[0].article].published
    brief = compose(replace(record, meetings=(replace(ahead, date=told, status=MeetingStatus.PLANNED),)))
    (table,) = (block for block in section(brief, "meetings").blocks if isinstance(block, Table))
    assert table.rows[0].head.text == "date unknown"


def test_each_side_wants_in_a_sentence_of_its_own(brief):
    wants = [text for text in texts(brief, "play") if " to " in text and " want" in text]
    assert len(wants) == 2
    assert ", for its part, wants " in wants[1]
    assert len({text.split(" ", 3)[2] for text in wants}) == 2


def test_the_first_page_tells_of_the_trade_and_of_who_could_upset_it(brief):
    first = texts(brief, "play")
    assert any(" would " in text and "better off than no deal" in text for text in first)
    assert any("holds the package" in text or "leaving that package" in text for text in first)


def test_labels_in_a_sentence_have_small_letters_unless_they_are_names(record):
    names = Names(record)
    assert names.label("Release of the sailors") == "release of the sailors"
    assert names.label("Meridia and its ports") == "Meridia and its ports"


def test_a_meeting_told_for_an_age_gone_by_is_no_next_step(record):
    past = replace(varda.MEETINGS[2], date="1980/1989", status=MeetingStatus.PROPOSED)
    brief = compose(replace(record, meetings=(past,)))
    assert not any(text.startswith("Next step") for text in texts(brief, "play"))


def test_what_a_side_asks_of_itself_does_not_lead(record):
    own = tuple(replace(one, of=one.by) for one in varda.DEMANDS)
    brief = compose(replace(record, demands=own))
    assert not any(" wants " in text for text in texts(brief, "play"))
