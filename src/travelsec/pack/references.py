"""Resolve the references in the merged packs, report the broken ones, and build the `Pack`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from string import Template
from typing import Any, TypeVar

from msgspec.structs import replace

from travelsec import due, values
from travelsec.conditions import Condition
from travelsec.derived import DERIVED, sources_of
from travelsec.pack import model
from travelsec.pack.conditions import Reader, known_facts
from travelsec.pack.order import EntrySequence, arranged
from travelsec.pack.overlays import Merged, MergedChecklist, MergedSection, last_with
from travelsec.pack.parse import Located, ParsedPack
from travelsec.problems import Place, Problem, allowed, brief, few_guesses
from travelsec.question_types import HasType, behaviour, read_value
from travelsec.wording import join_words

S = TypeVar("S", model.Checklist, model.Section)
T = TypeVar("T", model.Question, model.Item, model.Situation, model.Step, model.Contact)

RESERVED = ("any", "all", "not")
WAYS = ("tel", "tel_from_abroad", "email", "slack", "url")
SHOWN_PLACES = 3
TEMPLATES = ("ask", "help", "label", "do", "why", "suggestion", "title")
"""The fields whose placeholders are filled in, whatever entry they belong to."""

_TELEPHONE = re.compile(r"\$\$|\$(tel_[a-z0-9_]+)|\$\{(tel_[a-z0-9_]+)\}")


def fact_types(questions: Iterable[model.Question]) -> dict[str, HasType]:
    """Return the type of every fact, whether a question asks for it or it is derived."""
    facts: dict[str, HasType] = {question.id: question for question in questions}
    for name, derived in DERIVED.items():
        if all(key in facts and facts[key].type == kind for key, kind in derived.sources.items()):
            facts.setdefault(name, derived.type)
    return facts


@few_guesses()
def resolve(merged: Merged, packs: Sequence[ParsedPack]) -> tuple[model.Pack, list[Problem]]:
    """Build the pack of all entries of these packs.

    Returns:
        The pack and its faults; a pack with faults must not be used.
    """
    resolver = _Resolver(merged, [file for bottom in packs[:1] for file in bottom.files])
    pack = resolver.pack(packs)
    return pack, resolver.problems


class _Resolver:
    def __init__(self, merged: Merged, bottom: Sequence[str]) -> None:
        self.merged = merged
        self.bottom = frozenset(bottom)
        self.problems: list[Problem] = []
        self.unreadable = merged.unreadable
        # Report nothing about a fact if its question may be a different one.
        questions = [
            placed.value
            for name, placed in merged.leaves["questions"].items()
            if ("questions", name) not in self.unreadable.ids
        ]
        self.facts = fact_types(questions)
        self.private = {question.id for question in questions if question.private}
        self.private |= {
            # A fact derived from a private one would reveal it.
            name
            for name in self.facts
            if name in DERIVED and not self.private.isdisjoint(DERIVED[name].sources)
        }
        self.public = {name: kind for name, kind in self.facts.items() if name not in self.private}
        self.telephones = {
            name: located.value.tel
            for contact, located in merged.leaves["contacts"].items()
            if (name := f"tel_{contact.replace('-', '_')}") not in self.facts
            and located.value.tel
            and "$" not in located.value.tel
        }
        # A dict keeps the order, so that messages are the same in every run.
        self.citable = dict.fromkeys(_citable_paths(merged))
        self.former: dict[str, Place] = {}
        self.missed: dict[tuple[str, str], list[Place]] = {}

    def pack(self, packs: Sequence[ParsedPack]) -> model.Pack:
        leaves = self.merged.leaves
        for placed in self.merged.withdrawn:
            self._check_cites(placed, placed.value.cites)
        for page in leaves["guidance"].values():
            self._check_guidance(page)
        pack = model.Pack(
            sources=tuple(
                model.Source(self._info(parsed.info), cache(parsed.digest))
                for parsed in packs
                if parsed.info is not None
            ),
            questions=self._questions(leaves["questions"]),
            checklists=self._checklists(),
            situations={
                name: self._situation(placed) for name, placed in leaves["situations"].items()
            },
            contacts={name: self._contact(located) for name, located in leaves["contacts"].items()},
            withdrawn=tuple(placed.value for placed in self.merged.withdrawn),
            guidance={name: placed.value for name, placed in leaves["guidance"].items()},
        )
        self._check_aside()
        self._report_missed()
        return pack

    def _check_aside(self) -> None:
        checks: dict[str, Callable[[Located[Any]], Any]] = {
            "questions": self._question,
            "situations": self._situation,
            "contacts": self._contact,
            "guidance": self._check_guidance,
            "checklist": self._item,
            "steps": self._step,
            "withdrawn": lambda placed: self._check_cites(placed, placed.value.cites),
            "also_cites": lambda placed: self._check_cites(placed, placed.value.cites),
        }
        for kind, placed in self.merged.aside:
            checks[kind](placed)

    def _report_missed(self) -> None:
        # What could not be read may override or drop the entries that refer to it.
        if self.unreadable.kinds:
            return
        for (kind, name), all_places in self.missed.items():
            places = [str(place) for place in dict.fromkeys(all_places)]
            left_out = len(places) - SHOWN_PLACES
            listed = places[:SHOWN_PLACES] + ([f"{left_out} more"] if left_out > 0 else [])
            self._fault(
                self.merged.dropped[kind, name],
                f"“{name}” is still needed at {join_words(listed)}: "
                "override the entry there, or do not drop it",
            )

    # Questions

    def _questions(self, placed: dict[str, Located[model.Question]]) -> dict[str, model.Question]:
        names = self._arranged("question", {name: [located] for name, located in placed.items()})
        read: dict[str, model.Question] = {}
        waits_for: dict[str, set[str]] = {}
        for name in names:
            question = self._question(placed[name])
            waits_for[name] = {
                *_questions_behind(question.when, placed),
                *({question.after} & read.keys()),
            }
            read[name] = question
        ordered: dict[str, model.Question] = {}
        waiting = dict(read)
        while waiting:
            # One at a time, so that questions otherwise stay in the order of the file.
            for name in waiting:
                if waits_for[name] <= ordered.keys():
                    ordered[name] = waiting.pop(name)
                    break
            else:
                self._report_circle(waiting, waits_for, placed)
                return read
        return ordered

    def _report_circle(
        self,
        waiting: dict[str, model.Question],
        waits_for: Mapping[str, set[str]],
        placed: dict[str, Located[model.Question]],
    ) -> None:
        if "questions" in self.unreadable.kinds:
            return
        # A question that no other waits for is not part of the circle.
        circle: dict[str, model.Question] = {}
        while len(circle) != len(waiting):
            circle = waiting
            looked_at = {other for name in circle for other in waits_for[name]}
            waiting = {name: question for name, question in circle.items() if name in looked_at}
        placing = " and “after”" if any(question.after for question in circle.values()) else ""
        for name in circle:
            self._fault(
                placed[name].at("when"),
                f"“{name}” depends on itself: the conditions{placing} of {join_words(circle)} form "
                "a circle",
            )

    def _question(self, placed: Located[model.Question]) -> model.Question:
        question = placed.value
        if not question.type:  # could not be read
            self._check_cites(placed, question.cites)
            return self._resolved(placed)
        if question.id in (*RESERVED, *DERIVED):
            self._fault(placed.at("id"), f"“{question.id}” is a reserved name: take another")
        needs_choices = behaviour(question.type).options is None
        if needs_choices and not question.choices:
            self._fault(placed.place, f"a question of the type {question.type} needs “choices”")
        if question.choices and not needs_choices:
            self._fault(
                placed.at("choices"), f"a question of the type {question.type} has no choices"
            )
        if question.none and question.type != "date":
            self._fault(placed.at("none"), "only a question of the type date can have “none”")
        self._check_cites(placed, question.cites)
        for name, cites in question.choice_cites.items():
            if name not in question.choices:
                self._fault(
                    placed.node["choice_cites"].place_of_key(name),
                    f"choice_cites: “{brief(name)}” is not a choice of this question"
                    f"{allowed(question.choices, name)}",
                )
            self._check_cites(placed, cites, "choice_cites", name)
        if question.default is not None:
            self._check_default(placed)
        return self._resolved(placed)

    def _check_default(self, placed: Located[model.Question]) -> None:
        question = placed.value
        if isinstance(question.default, str) and "$" in question.default:
            self._check_text(placed, question.default, "default")
            return
        try:
            read_value(question, question.default)
        except values.InvalidValue as wrong:
            self._fault(placed.at("default"), str(wrong))

    # Checklists

    def _checklists(self) -> tuple[model.Checklist, ...]:
        merged = self.merged.checklists
        names = self._arranged(
            "checklist", {name: checklist.written for name, checklist in merged.items()}
        )
        return tuple(self._checklist(name, merged[name]) for name in names)

    def _checklist(self, name: str, merged: MergedChecklist) -> model.Checklist:
        written = {section_id: section.written for section_id, section in merged.sections.items()}
        sections = tuple(
            self._section(name, section_id, merged.sections[section_id])
            for section_id in self._arranged("section", written, name)
        )
        return replace(self._last_word(merged.written, "checklist", name), sections=sections)

    def _arranged(
        self, noun: str, written: Mapping[str, Sequence[Located[Any]]], checklist: str = ""
    ) -> list[str]:
        """Return the ids in the order that the packs ask for."""
        kind = "questions" if noun == "question" else "checklist"

        def is_excused(name: str, place: Place) -> bool:
            return self._is_excused(kind, f"{checklist}.{name}" if checklist else name, place)

        where = f" in this {'section' if noun == 'item' else 'checklist'}" if checklist else ""
        siblings = EntrySequence(noun, written, is_excused, where)
        return arranged(siblings, self.bottom, self.problems.append)

    def _section(self, checklist: str, name: str, merged: MergedSection) -> model.Section:
        full = f"{checklist}.{name}"
        shell = self._last_word(merged.written, "section", full)
        may_have_phase = shell.phase or self.unreadable.may_be("checklist", full)
        for placed in merged.items.values():
            if placed.value.phase is None and not may_have_phase:
                self._fault(
                    placed.place, f"no phase: give one to “{placed.value.id}” or to its section"
                )
            self._check_former(checklist, placed)
        names = self._arranged(
            "item", {key: [located] for key, located in merged.items.items()}, checklist
        )
        items = tuple(self._item(merged.items[item], shell.phase) for item in names)
        return replace(shell, items=items)

    def _last_word(self, written: list[Located[S]], noun: str, name: str) -> S:
        """Return a checklist or section with each field as the last pack that gives it says."""
        shell = written[0].value
        fields = [field for field in ("title", "phase", "when") if hasattr(shell, field)]
        latest = {field: getattr(last_with(written, field).value, field) for field in fields}
        if not latest["title"] and not self.unreadable.may_be("checklist", name):
            self._fault(written[0].place, f"the {noun} “{shell.id}” has no title")
        return replace(shell, **latest | {"when": self._condition(latest["when"])})

    def _item(self, placed: Located[model.Item], phase: model.Phase | None = None) -> model.Item:
        item = placed.value
        self._check_cites(placed, item.cites)
        if item.situation:
            self._check_known(placed.at("situation"), item.situation, "situations")
        for index, name in enumerate(item.contacts):
            self._check_known(placed.at("contacts", index), name, "contacts")
        for field, text in (("due", item.due), ("deadline", item.deadline)):
            if text:
                try:
                    due.parse_due(text)
                except ValueError as error:
                    self._fault(placed.at(field), str(error))
        item = self._resolved(placed)
        return replace(item, phase=item.phase or phase)

    def _check_former(self, checklist: str, placed: Located[model.Item]) -> None:
        for index, old in enumerate(placed.value.formerly):
            place = placed.at("formerly", index)
            name = f"{checklist}.{old}"
            if self.unreadable.may_be("checklist", name) or "drop" in self.unreadable.kinds:
                continue
            if self.merged.home_of(name):
                self._fault(place, f"“{name}” is the id of a current item")
            elif name in self.former:
                self._fault(
                    place, f"“{name}” is already the former id of the item at {self.former[name]}"
                )
            self.former.setdefault(name, placed.place)

    # Situations, contacts and guidance

    def _situation(self, placed: Located[model.Situation]) -> model.Situation:
        situation = placed.value
        for index, text in enumerate(situation.note_down):
            self._check_text(placed, text, f"note_down {index + 1}")
        for index, name in enumerate(situation.contacts):
            self._check_known(placed.at("contacts", index), name, "contacts")
        for index, name in enumerate(situation.then):
            self._check_known(placed.at("then", index), name, "situations")
        steps = tuple(map(self._step, placed.parts("steps")))
        notes = tuple(map(self._fill, situation.note_down))
        return replace(self._resolved(placed), steps=steps, note_down=notes)

    def _step(self, placed: Located[model.Step]) -> model.Step:
        self._check_cites(placed, placed.value.cites)
        for index, name in enumerate(placed.value.needs):
            self._check_item(placed.at("needs", index), name)
        if placed.value.do and not placed.value.do.startswith(placed.value.lead_in):
            self._fault(placed.at("lead_in"), "the step’s “do” does not begin with these words")
        return self._resolved(placed)

    def _contact(self, placed: Located[model.Contact]) -> model.Contact:
        contact = placed.value
        self._check_cites(placed, contact.cites)
        # Only telephone numbers are filled in here: any other “$” is a plain character.
        for field in ("tel", "note", "note_from_abroad"):
            for match in _TELEPHONE.finditer(getattr(contact, field)):
                if name := match[1] or match[2]:
                    self._check_telephone(placed.at(field), name, field)
        if not any(getattr(contact, way) for way in (*WAYS, "note")):
            self._fault(
                placed.place, f"“{contact.id}” cannot be reached: give {', '.join(WAYS)} or a note"
            )
        if contact.people:
            self._check_people(placed)
        # A contact that a pack drops or replaces may offer withdrawn details.
        if self.unreadable.kinds.isdisjoint(("contacts", "drop")):
            self._check_withdrawn(placed)
        hours = tuple(map(self._resolved, placed.parts("hours_for")))
        return _as_dialled(replace(self._resolved(placed), hours_for=hours))

    def _check_people(self, placed: Located[model.Contact]) -> None:
        name = placed.value.people
        place = placed.at("people")
        fact = self.facts.get(name)
        if fact is None and self._is_excused("questions", name, place):
            return
        if fact is None:
            wrong = f"no question asks for the people “{brief(name)}”"
        elif fact.type != "people":
            wrong = f"“{name}” is a fact of the type {fact.type}, not people"
        elif name not in self.private:
            wrong = f"“{name}” is not private, so reports would name these people"
        else:
            return
        usable = [name for name in self.facts if self.facts[name].type == "people"]
        usable = [name for name in usable if name in self.private]
        self._fault(place, f"{wrong}{allowed(usable, name)}")

    def _check_withdrawn(self, placed: Located[model.Contact]) -> None:
        for withdrawn in self.merged.withdrawn:
            for way in WAYS:
                offered = getattr(placed.value, way)
                if offered and _bare_detail(offered) == _bare_detail(withdrawn.value.value):
                    self._fault(
                        placed.at(way),
                        f"“{withdrawn.value.value}” is withdrawn: {withdrawn.value.reason}",
                    )

    def _check_guidance(self, placed: Located[model.Guidance]) -> None:
        page = placed.value
        if page.ask:
            self._check_known(placed.at("ask"), page.ask, "contacts")
        sections = placed.parts("sections")
        self._check_twins("section", sections)
        for section in sections:
            self._check_twins("statement", section.parts("statements"))

    def _check_twins(self, noun: str, entries: Iterable[Located[Any]]) -> None:
        ids: set[str] = set()
        for entry in entries:
            if entry.value.id in ids:
                self._fault(entry.place, f"the {noun} “{entry.value.id}” appears twice")
            ids.add(entry.value.id)

    # What all entries share

    def _info(self, placed: Located[model.PackInfo]) -> model.PackInfo:
        info = placed.value
        return replace(info, not_covered_when=self._condition(info.not_covered_when))

    def _resolved(self, placed: Located[T]) -> T:
        entry = placed.value
        for field in TEMPLATES:
            self._check_text(placed, getattr(entry, field, ""), field)
        filled = {
            field: self._fill(text)
            for field in entry.__struct_fields__
            if isinstance(text := getattr(entry, field), str) and "$" in text
        }
        return replace(entry, **filled, when=self._condition(entry.when))

    def _fill(self, text: str) -> str:
        """Fill in telephone numbers; facts are filled in later, for each trip."""
        return _TELEPHONE.sub(
            lambda match: self.telephones.get(match[1] or match[2], match[0]), text
        )

    def _condition(self, condition: Condition) -> Condition:
        report = self.problems.append
        return Reader(self.public, self.private, report, self._is_fact_excused).read(condition)

    def _check_cites(self, placed: Located[Any], cites: tuple[str, ...], *field: str) -> None:
        for index, path in enumerate(cites):
            page = path.partition("/")[0]
            if path not in self.citable and not self.unreadable.may_be("guidance", page):
                inside = [
                    statement for statement in self.citable if statement.startswith(f"{path}/")
                ]
                what = (
                    f"“{brief(path, 200)}” is a page with an index: cite one of its statements"
                    if inside and path == page
                    else f"no guidance has the statement “{brief(path, 200)}”"
                )
                self._fault(
                    placed.at(*(field or ("cites",)), index),
                    f"{what}{allowed(inside or self.citable, path)}",
                )

    def _check_text(self, placed: Located[Any], text: str, field: str) -> None:
        if "$" not in text:
            return
        template = Template(text)
        if not template.is_valid():
            self._fault(
                placed.at(field), f"{field}: write “$$” for a “$” that begins no fact’s name"
            )
            return
        for name in template.get_identifiers():
            if name.startswith("tel_") and name not in self.facts:
                self._check_telephone(placed.at(field), name, field)
            elif name in self.private:
                self._fault(placed.at(field), f"{field}: the fact “{name}” is private")
            elif name not in self.public and not self._is_fact_excused(name, placed.at(field)):
                self._fault(
                    placed.at(field),
                    f"{field}: no question asks for “${name}”{known_facts(self.public, name)}",
                )

    def _check_telephone(self, place: Place, name: str, field: str) -> None:
        contact = name.removeprefix("tel_").replace("_", "-")
        if not (
            name in self.telephones
            or self._is_excused("contacts", contact, place)
            or self._is_fact_excused(name, place)
        ):
            self._fault(
                place,
                f"{field}: no contact “{brief(contact)}” has a number of its own for "
                f"“${brief(name)}”{allowed(self.telephones, name)}",
            )

    def _check_known(self, place: Place, name: str, kind: str) -> None:
        entries = self.merged.leaves[kind]
        if name not in entries and not self._is_excused(kind, name, place):
            self._fault(place, f"there is no {kind[:-1]} “{brief(name)}”{allowed(entries, name)}")

    def _check_item(self, place: Place, name: str) -> None:
        # A dropped item is not a fault: lint warns that the step has nothing to show.
        if (
            self.merged.home_of(name) is None
            and not self.unreadable.may_be("checklist", name)
            and ("checklist", name) not in self.merged.dropped
        ):
            items = [item for item, _ in self.merged.items()]
            self._fault(place, f"there is no item “{brief(name)}”{allowed(items, name)}")

    def _is_fact_excused(self, name: str, place: Place) -> bool:
        sources = sources_of(name, self.merged.leaves["questions"])
        # A list, not a generator: each question that was dropped is to be reported.
        excuses = [self._is_excused("questions", source, place) for source in sources]
        return any(excuses)

    def _is_excused(self, kind: str, name: str, place: Place) -> bool:
        """Return whether a broken reference is not to be reported at its own place.

        Its target may be unreadable, or an overlay dropped it: that is reported once, at the drop.
        """
        if self.unreadable.may_be(kind, name):
            return True
        if (kind, name) in self.merged.dropped:
            self.missed.setdefault((kind, name), []).append(place)
            return True
        return False

    def _fault(self, place: Place, text: str) -> None:
        self.problems.append(Problem(place, text))


def _as_dialled(contact: model.Contact) -> model.Contact:
    """Give a British number in international form both ways: as dialled at home and abroad."""
    home, replaced = re.subn(r"^\+44[ .-]?(?=[1-9])", "0", contact.tel)
    if not replaced or contact.tel_from_abroad:
        return contact
    return replace(contact, tel=home, tel_from_abroad=contact.tel)


def _questions_behind(condition: Condition, questions: Collection[str]) -> Iterator[str]:
    """Yield the questions a condition depends on, directly or through derived facts."""
    for fact in condition.facts():
        if fact in questions:
            yield fact
        else:
            yield from (name for name in DERIVED[fact].follows_from() if name in questions)


def _citable_paths(merged: Merged) -> Iterator[str]:
    for page in merged.leaves["guidance"].values():
        if not page.value.sections:
            yield page.value.id
        yield from (path for path, _ in page.value.statements())


def _bare_detail(detail: str) -> str:
    """Return an address in lower case without spaces, and a telephone number as digits only."""
    if not re.fullmatch(r"[+\d\s()./‐-―-]+", detail):
        return re.sub(r"\s", "", detail).casefold()
    # “+44 (0)20 …”, “0044 20 …” and “020 …” are the same number.
    digits = re.sub(r"^\s*\+|\D", lambda mark: "00" if "+" in mark[0] else "", detail)
    return re.sub(r"^00440?", "0", digits)
