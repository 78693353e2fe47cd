"""The typed content of a pack: questions, checklists, situations, contacts, guidance indexes."""

# No `annotations` from `__future__`: msgspec would have to compile each of them at every start.

import datetime
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from travelsec.bank_holidays import Nation
from travelsec.conditions import ALWAYS, Condition, StateOf
from travelsec.question_types import QuestionType

Phase = Literal["before", "away", "back"]
Level = Literal["must", "should", "consider"]
StatementKind = Literal["duty", "background", "contact", "link"]

PHASES: tuple[Phase, ...] = ("before", "away", "back")
BEFORE_RETURN: tuple[Phase, ...] = ("before", "away")
LEVELS: tuple[Level, ...] = ("must", "should", "consider")

# `$` alone would also match before a line break at the end.
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"
FACT_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$(?!\n)"
PATH_PATTERN = r"^[a-z0-9./-]+$(?!\n)"
FINGERPRINT_PATTERN = r"^[0-9a-f]{16}(-[0-9a-z.]*)?$(?!\n)"
FULL_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"

MAX_PACK_TEXT = 2000
"""The most characters of a text: what is shown of longer ones is cut."""
MAX_ID = 100

Text = Annotated[str, Meta(pattern=r"\S", max_length=MAX_PACK_TEXT)]
Id = Annotated[str, Meta(pattern=ID_PATTERN, max_length=MAX_ID)]
FactId = Annotated[str, Meta(pattern=FACT_PATTERN, max_length=MAX_ID)]
Path = Annotated[str, Meta(pattern=PATH_PATTERN, max_length=3 * MAX_ID + 2)]
Fingerprint = Annotated[str, Meta(pattern=FINGERPRINT_PATTERN, max_length=MAX_PACK_TEXT)]
Cites = Annotated[tuple[Path, ...], Meta(min_length=1)]
# msgspec asks Python to match each pattern. For the ids of all items of a report that would take
# longer than all the rest, so `report.strict` checks them; the pattern here is for the schema.
FullId = Annotated[
    str, Meta(max_length=2 * MAX_ID + 1, extra_json_schema={"pattern": FULL_ID_PATTERN})
]
FullIds = Annotated[tuple[FullId, ...], Meta(extra_json_schema={"uniqueItems": True})]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Anything in a pack file that has fields; unknown fields are faults.

    `override` replaces the entry of this id in a pack below. In an overlay, `after` names the entry
    to stand behind, and `first` puts an entry at the beginning.
    """


class PackInfo(Entry, frozen=True):
    """The identity of a pack. `covers` and `not_covered` are one sentence each.

    `not_covered_when` says for which trips `not_covered` matters. `not_covered_instead_of` names
    packs below this one whose `not_covered` no longer holds: this pack covers it, or says in its
    own sentence what is left of it. `covered_by` names the optional pack that does. `nation` is
    whose bank holidays are not working days, for those who are not asked.
    """

    id: Id
    version: Text
    title: Text
    covers: Text
    not_covered: Text
    not_covered_when: Condition = ALWAYS
    not_covered_instead_of: tuple[Id, ...] = ()
    covered_by: Text = ""
    nation: Nation | None = None


class Question(Entry, frozen=True):
    """Asks for one fact about the traveller or the trip.

    `none` lets a date be answered with none, and says what that means. The answer to a `lasting`
    question is likely to be the same on the next trip, and is offered there. A question of the
    phase `back` is asked on return. `choice_cites` has what single choices cite, by their ids.
    """

    id: FactId
    ask: Text
    type: QuestionType
    choices: dict[Id, Text] = {}
    none: Text = ""
    help: Text = ""
    when: Condition = ALWAYS
    default: Any = None
    required: bool = False
    private: bool = False
    lasting: bool = False
    phase: Literal["before", "back"] = "before"
    cites: tuple[Path, ...] = ()
    choice_cites: dict[Id, Cites] = {}
    after: FactId = ""
    first: bool = False
    override: bool = False


class Item(Entry, frozen=True):
    """One thing to do or to undertake. Its full id is `checklist.item`.

    `suggestion` is a practical hint that no page gives; it is left out while a fact in it is
    unknown. `situation` names the situation whose steps the traveller undertakes to know. Who
    carries the printed card has done a `card` item. `due` is the pack's suggestion, `deadline` the
    limit that the cited guidance sets. `contacts` are who to ask, or to send it to.
    """

    id: Id
    label: Text
    do: Text
    level: Level
    cites: Cites
    why: Text = ""
    suggestion: Text = ""
    situation: Text = ""
    contacts: tuple[Id, ...] = ()
    card: bool = False
    phase: Phase | None = None
    when: Condition = ALWAYS
    due: Text = ""
    deadline: Text = ""
    formerly: tuple[Id, ...] = ()
    after: Id = ""
    first: bool = False
    override: bool = False


class Section(Entry, frozen=True):
    """Items that belong together. `phase` is that of the items that name none."""

    id: Id
    title: Text = ""
    phase: Phase | None = None
    when: Condition = ALWAYS
    after: Id = ""
    first: bool = False
    items: tuple[Item, ...] = ()


class Checklist(Entry, frozen=True):
    """Sections on one subject, with a condition for all of them."""

    id: Id
    title: Text = ""
    when: Condition = ALWAYS
    after: Id = ""
    first: bool = False
    sections: tuple[Section, ...] = ()


class Step(Entry, frozen=True):
    """One thing to do in a situation, in order.

    `lead_in` is the beginning of `do` that says who the step is for; it is left out for those who
    are known to be meant. `needs` are the full ids of the items that provide what the step needs.
    A `safety` step puts the traveller before any device.
    """

    do: Text
    cites: Cites
    why: Text = ""
    when: Condition = ALWAYS
    lead_in: Text = ""
    needs: tuple[Text, ...] = ()
    safety: bool = False


class Situation(Entry, frozen=True):
    """Something that happens on the way: its steps, who to call, what it can lead to.

    `also` are words and phrases that people may use for it.
    `compromised` says that the device at hand may be the one at risk. `note_down` is what to
    write down, a hint that no page gives. A situation for the manager is shown in the report, not
    to the traveller. `card` is the side of the card it is printed on.
    """

    id: Id
    title: Text
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    also: tuple[Text, ...] = ()
    when: Condition = ALWAYS
    audience: Literal["traveller", "manager"] = "traveller"
    card: Literal["front", "back", "none"] = "back"
    compromised: bool = False
    note_down: tuple[Text, ...] = ()
    contacts: tuple[Id, ...] = ()
    then: tuple[Id, ...] = ()
    override: bool = False


class Hours(Entry, frozen=True):
    """When a contact answers, where `when` is known to hold."""

    hours: Text
    when: Condition


class Contact(Entry, frozen=True):
    """Who to contact about what, with at least one way to reach them or a note that says why not.

    `hours` are for everyone; where one of `hours_for` is known to hold, it takes their place.
    `people` names a private question that asks for the people. A British `tel` in international
    form also gives the number as dialled at home.
    """

    id: Id
    name: Text
    cites: Cites
    topics: tuple[Id, ...] = msgspec.field(name="for", default=())
    tel: Text = ""
    tel_from_abroad: Text = ""
    email: Text = ""
    slack: Text = ""
    url: Text = ""
    hours: Text = ""
    hours_for: tuple[Hours, ...] = ()
    people: Text = ""
    when: Condition = ALWAYS
    note: Text = ""
    note_from_abroad: Text = ""
    override: bool = False


class Withdrawn(Entry, frozen=True):
    """A contact detail that must never be offered."""

    value: Text
    reason: Text
    cites: Cites


class AddedCites(Entry, frozen=True):
    """More citations for an entry of a pack below, which otherwise stays the same.

    `id` is that of a question or a contact, or the full id of an item.
    """

    id: Text
    cites: Cites


class Statement(Entry, frozen=True):
    """One sentence of a guidance page: its curated id, its kind, the fingerprint of its words.

    The kind is `guessed` until someone confirms it. `level` is how strongly the page words a duty.
    `note` says in the pack's own words why what carries the statement differs from it.
    """

    id: Id
    kind: StatementKind
    fingerprint: Fingerprint
    guessed: bool = False
    level: Level | None = None
    note: Text = ""


class GuidanceSection(Entry, frozen=True):
    """A heading of a guidance page and the statements under it."""

    id: Id
    title: Text
    statements: tuple[Statement, ...] = ()


class Guidance(Entry, frozen=True):
    """A guidance page that items cite. A page that is cited as a whole has no sections.

    `ask` is the id of the contact who knows about the page.
    """

    id: Id
    title: Text
    publisher: Text
    url: Text = ""
    expires: datetime.date | None = None
    ask: Text = ""
    override: bool = False
    sections: tuple[GuidanceSection, ...] = ()

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Yield each statement with the path by which entries cite it."""
        for section in self.sections:
            for statement in section.statements:
                yield f"{self.id}/{section.id}/{statement.id}", statement


class Source(Struct):
    """A pack that was read, and a function that returns the sha256 of its typed content.

    It is too slow for `incident`, so it is computed on demand.
    """

    info: PackInfo
    digest: Callable[[], str]


class Pack(Struct, frozen=True):
    """All packs, merged and resolved: no reference in it is broken.

    `sources` are the packs it was made of, the bundled one first. The questions are in an order in
    which they can be asked: each follows those that its condition refers to.
    """

    sources: tuple[Source, ...]
    questions: dict[str, Question]
    checklists: tuple[Checklist, ...]
    situations: dict[str, Situation]
    contacts: dict[str, Contact]
    withdrawn: tuple[Withdrawn, ...]
    guidance: dict[str, Guidance]

    @property
    def nation(self) -> Nation | None:
        """The nation that the topmost pack with one names."""
        named = (source.info.nation for source in reversed(self.sources))
        return next(filter(None, named), None)

    def items(self) -> Iterator[tuple[str, Checklist, Section, Item]]:
        """Yield every item with its full id, checklist and section, in the pack's order."""
        for checklist in self.checklists:
            for section in checklist.sections:
                for item in section.items:
                    yield f"{checklist.id}.{item.id}", checklist, section, item

    def not_covered(self, state_of: StateOf) -> tuple[str, ...]:
        """Return what the packs do not cover of a trip.

        There is one sentence for each pack that no other replaces, unless the facts show that it
        does not matter.
        """
        return tuple(
            info.not_covered
            for info in self._not_replaced()
            if info.not_covered_when.truth(state_of) is not False
        )

    def can_be_covered(self, state_of: StateOf) -> Iterator[PackInfo]:
        """Yield the packs whose `not_covered` matters here and is what an optional pack covers."""
        for info in self._not_replaced():
            if info.covered_by and info.not_covered_when.truth(state_of):
                yield info

    def _not_replaced(self) -> Iterator[PackInfo]:
        infos = [source.info for source in self.sources]
        replaced = {name for info in infos for name in info.not_covered_instead_of}
        return (info for info in infos if info.id not in replaced)
