"""The packs that come with travelsec load and keep the rules about their content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import travelsec
from travelsec.pack import load
from travelsec.pack.folder import bundled_folder, optional_packs
from travelsec.pack.model import Item, Pack


@pytest.fixture(scope="module", params=[None, *optional_packs()])
def pack(request: pytest.FixtureRequest) -> Pack:
    """Load the bundled pack alone, or with an optional one on top."""
    return load.load([optional_packs()[request.param]] if request.param else [])


def items(pack: Pack) -> Iterator[Item]:
    """Yield every item of every checklist."""
    for checklist in pack.checklists:
        for section in checklist.sections:
            yield from section.items


def texts(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield every text that a traveller reads, with a name for it."""
    for item in items(pack):
        for field in ("label", "do", "why", "suggestion"):
            yield f"{item.id}: {field}", getattr(item, field)
    for situation in pack.situations.values():
        yield f"{situation.id}: title", situation.title
        for number, step in enumerate(situation.steps, 1):
            yield f"{situation.id}: step {number}", f"{step.do} {step.why}"
    for question in pack.questions.values():
        yield f"{question.id}: ask", question.ask
        yield f"{question.id}: help", question.help
    for contact in pack.contacts.values():
        yield f"{contact.id}: note", contact.note


def test_the_bundled_pack_holds_both_guidance_pages() -> None:
    """With their items, situations and contacts."""
    pack = load.load()
    assert {"taking-equipment-overseas", "remote-working"} <= set(pack.guidance)
    assert [checklist.id for checklist in pack.checklists] == ["overseas", "remote-working"]
    assert len(list(items(pack))) > 40
    assert pack.situations
    assert pack.contacts
    assert [source.info.id for source in pack.sources] == ["moj"]


def test_an_item_or_a_step_covers_every_duty(pack: Pack) -> None:
    """No duty of either page is lost."""
    cited = {path for item in items(pack) for path in item.cites}
    cited |= {
        path for situation in pack.situations.values() for s in situation.steps for path in s.cites
    }
    duties = {
        f"{page.id}/{section.id}/{statement.id}"
        for page in pack.guidance.values()
        for section in page.sections
        for statement in section.statements
        if statement.kind == "duty"
    }
    assert len(duties) > 50
    assert duties - cited == set()


def test_every_contact_statement_is_cited(pack: Pack) -> None:
    """By a contact, a withdrawn detail, an item or a step."""
    cited = {path for contact in pack.contacts.values() for path in contact.cites}
    cited |= {path for withdrawn in pack.withdrawn for path in withdrawn.cites}
    cited |= {path for item in items(pack) for path in item.cites}
    cited |= {
        path for situation in pack.situations.values() for s in situation.steps for path in s.cites
    }
    contacts = {
        f"{page.id}/{section.id}/{statement.id}"
        for page in pack.guidance.values()
        for section in page.sections
        for statement in section.statements
        if statement.kind == "contact"
    }
    assert contacts
    assert contacts - cited == set()


def test_labels_fit_a_tick_list(pack: Pack) -> None:
    """Prompts do not wrap them."""
    assert {item.id: item.label for item in items(pack) if len(item.label) > 40} == {}


def test_every_must_says_why(pack: Pack) -> None:
    """People do not follow an order for long without a reason."""
    assert [item.id for item in items(pack) if item.level == "must" and not item.why] == []


def test_sentences_are_short(pack: Pack) -> None:
    """None is longer than 140 characters."""
    sentences = [
        (name, sentence)
        for name, text in texts(pack)
        for sentence in re.split(r"(?<=[.?!:]) ", text)
    ]
    assert len(sentences) > 100
    assert [(name, text) for name, text in sentences if len(text) > 140] == []


def test_every_situation_names_somebody_to_call(pack: Pack) -> None:
    """At least one of its contacts always applies."""
    for situation in pack.situations.values():
        always = [name for name in situation.contacts if not list(pack.contacts[name].when.facts())]
        assert always, situation.id


def test_few_answers_are_required_and_names_stay_private(pack: Pack) -> None:
    """A script must give two facts; names and numbers of people never appear in a report."""
    assert [q.id for q in pack.questions.values() if q.required] == ["abroad", "devices"]
    assert all(q.private for q in pack.questions.values() if q.type == "people")


def test_no_id_of_an_item_situation_contact_or_statement_is_in_the_code(pack: Pack) -> None:
    """The code decides by fields of the pack, so renaming an entry changes no code."""
    ids = {f"{checklist.id}.{item.id}" for checklist in pack.checklists for item in items(pack)}
    ids |= {item.id for item in items(pack)} | {*pack.situations, *pack.contacts}
    ids |= {path for item in items(pack) for path in item.cites}
    ids |= {path for one in pack.situations.values() for step in one.steps for path in step.cites}
    # A contact for the people that a question asks for may have the name of the fact.
    ids -= set(pack.questions)
    found = [
        f"{file.name}:{node.lineno}: {name}"
        for file in Path(travelsec.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        # Examples and hints would show an id that a pack no longer has.
        for name in {node.value, *re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", node.value)} & ids
    ]
    assert found == []


def test_a_telephone_number_stands_once() -> None:
    """In all packs that come along: one that is changed in one place holds everywhere."""
    folders = (bundled_folder(), *optional_packs().values())
    found = [
        (_national(number[0]), path.name)
        for folder in folders
        for path in sorted(folder.rglob("*.yaml"))
        for number in re.finditer(
            r"(?<![\w.])(?:\+|\(?0)[\d ()./-]{7,}\d(?!\w)", path.read_text(encoding="utf-8")
        )
    ]
    numbers = [number for number, _ in found]
    assert numbers
    assert [place for place in found if numbers.count(place[0]) > 1] == []


@pytest.mark.parametrize("number", ["+44 (0)20 3334 0324", "020 3334-0324", "0044 20 33340324"])
def test_however_it_is_written(number: str) -> None:
    """The number of the line for incidents."""
    assert _national(number) == "2033340324"


def _national(number: str) -> str:
    """Return the digits of a number without what stands for the country, or for calls in it."""
    return re.sub(r"^(\+44|0044|0)", "", re.sub(r"\(0\)|[^\d+]", "", number))
