"""Follow every reference in the merged packs, report those that lead nowhere, build the Pack."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from string import Template
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from travelsec import due, values
from travelsec.conditions import Condition
from travelsec.derived import DERIVED
from travelsec.pack import model
from travelsec.pack.conditions import Reader, known_facts
from travelsec.pack.overlays import Merged, MergedChecklist, MergedSection, last_with
from travelsec.pack.parse import Located, ParsedPack
from travelsec.problems import Place, Problem, allowed, brief, few_guesses
from travelsec.question_types import NUMBER, HasType, behaviour, read_value
from travelsec.wording import join_words

S = TypeVar("S", bound=Struct)
T = TypeVar("T", model.Question, model.Item, model.Situation, model.Step, model.Contact)

RESERVED = ("any", "all", "not")
WAYS = ("tel", "tel_from_abroad", "email", "slack", "url")
SHOWN_PLACES = 3

_TELEPHONE = re.compile(r"\$\$|\$(tel_[a-z0-9_]+)|\$\{(tel_[a-z0-9_]+)\}")


def fact_types(questions: Iterable[model.Question]) -> dict[str, HasType]:
    """Return the type of every fact there is: the questions' own, and those derived from them."""
    facts: dict[str, HasType] = {question.id: question for question in questions}
    for name, derived in DERIVED.items():
        if all(key in facts and facts[key].type == kind for key, kind in derived.sources.items()):
            facts.setdefault(name, NUMBER)
    return facts


@few_guesses()
def resolve(merged: Merged, drafts: Sequence[ParsedPack]) -> tuple[model.Pack, list[Problem]]:
    """Build the pack of all entries of these packs.

    Returns:
        The pack, and every fault in it; with any fault the pack is not fit for use.
    """
    resolver = _Resolver(merged)
    pack = resolver.pack(drafts)
    return pack, resolver.problems


class _Resolver:
    def __init__(self, merged: Merged) -> None:
        self.merged = merged
        self.problems: list[Problem] = []
        self.lost = merged.lost
        # Nothing is said of a fact whose question may be another one.
        questions = [
            placed.value
            for name, placed in merged.leaves["questions"].items()
            if ("questions", name) not in self.lost.ids
        ]
        self.facts = fact_types(questions)
        self.private = {question.id for question in questions if question.private}
        self.private |= {
            # What is worked out from a private fact tells of it.
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
        # In the order of the pages, so that a message is the same in every run.
        self.citable = dict.fromkeys(_citable(merged))
        self.former: dict[str, Place] = {}
        self.missed: dict[tuple[str, str], list[Place]] = {}

    def pack(self, drafts: Sequence[ParsedPack]) -> model.Pack:
        leaves = self.merged.leaves
        for placed in self.merged.withdrawn:
            self._check_cites(placed, placed.value.cites)
        for page in leaves["guidance"].values():
            self._check_guidance(page)
        pack = model.Pack(
            sources=tuple(
                model.Source(self._info(draft.info), draft.digest)
                for draft in drafts
                if draft.info is not None
            ),
            questions=self._questions(leaves["questions"]),
            checklists=tuple(
                self._checklist(name, checklist)
                for name, checklist in self.merged.checklists.items()
            ),
            situations={name: self._situation(one) for name, one in leaves["situations"].items()},
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
        }
        for kind, placed in self.merged.aside:
            checks[kind](placed)

    def _report_missed(self) -> None:
        # What could not be read may be the override or the drop that a reference goes with.
        if self.lost.kinds:
            return
        for (kind, name), found in self.missed.items():
            places = [str(place) for place in dict.fromkeys(found)]
            more = len(places) - SHOWN_PLACES
            shown = places[:SHOWN_PLACES] + ([f"{more} more"] if more > 0 else [])
            self._fault(
                self.merged.dropped[kind, name],
                f"“{name}” is still needed at {join_words(shown)}: "
                "override what stands there, or do not drop it",
            )

    # Questions

    def _questions(self, placed: dict[str, Located[model.Question]]) -> dict[str, model.Question]:
        read = {name: self._question(located) for name, located in placed.items()}
        ordered: dict[str, model.Question] = {}
        waiting = dict(read)
        while waiting:
            # One at a time, so that questions keep the order they are written in.
            ready = next(
                (
                    name
                    for name, question in waiting.items()
                    if all(source in ordered for source in _sources(question.when, read))
                ),
                None,
            )
            if ready is None:
                self._report_circle(waiting, placed)
                return read
            ordered[ready] = waiting.pop(ready)
        return ordered

    def _report_circle(
        self, waiting: dict[str, model.Question], placed: dict[str, Located[model.Question]]
    ) -> None:
        if "questions" in self.lost.kinds:
            return
        # A question that nothing in the circle looks at only waits behind it: it has no fault.
        circle: dict[str, model.Question] = {}
        while len(circle) != len(waiting):
            circle = waiting
            looked_at = {s for question in circle.values() for s in _sources(question.when, placed)}
            waiting = {name: one for name, one in circle.items() if name in looked_at}
        for name in circle:
            self._fault(
                placed[name].at("when"),
                f"“{name}” waits for itself: the conditions of {join_words(circle)} "
                "go round in a circle",
            )

    def _question(self, placed: Located[model.Question]) -> model.Question:
        question = placed.value
        if question.id in (*RESERVED, *DERIVED):
            self._fault(placed.at("id"), f"“{question.id}” is a reserved name: take another")
        needs_choices = behaviour(question.type).options is None
        if needs_choices and not question.choices:
            self._fault(placed.place, f"a question of the type {question.type} needs “choices”")
        if question.choices and not needs_choices:
            self._fault(
                placed.at("choices"), f"a question of the type {question.type} has no choices"
            )
        self._check_text(placed, question.ask, "ask")
        self._check_text(placed, question.help, "help")
        if question.default is not None:
            self._check_default(placed)
        return self._with_condition(question, placed)

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

    def _checklist(self, name: str, merged: MergedChecklist) -> model.Checklist:
        shell = _last_word(merged.written)
        if not shell.title and not self.lost.may_be("checklist", name):
            self._fault(merged.written[0].place, f"the checklist “{name}” has no title")
        return replace(
            shell,
            when=self._condition(shell.when, last_with(merged.written, "when").file),
            sections=tuple(
                self._section(name, section_id, section)
                for section_id, section in merged.sections.items()
            ),
        )

    def _section(self, checklist: str, name: str, merged: MergedSection) -> model.Section:
        shell = _last_word(merged.written)
        is_sure = not self.lost.may_be("checklist", f"{checklist}.{name}")
        if not shell.title and is_sure:
            self._fault(merged.written[0].place, f"the section “{name}” has no title")
        for placed in merged.items.values():
            if placed.value.phase is None and shell.phase is None and is_sure:
                self._fault(
                    placed.place, f"no phase: give one to “{placed.value.id}” or to its section"
                )
            self._check_former(checklist, placed)
        return replace(
            shell,
            when=self._condition(shell.when, last_with(merged.written, "when").file),
            items=tuple(self._item(placed, shell.phase) for placed in merged.items.values()),
        )

    def _item(self, placed: Located[model.Item], phase: model.Phase | None = None) -> model.Item:
        item = placed.value
        self._check_cites(placed, item.cites)
        for field in ("label", "do", "why", "suggestion"):
            self._check_text(placed, getattr(item, field), field)
        if item.situation:
            self._check_known(placed.at("situation"), item.situation, "situations")
        if item.due:
            try:
                due.parse(item.due)
            except ValueError as error:
                self._fault(placed.at("due"), str(error))
        item = self._with_condition(item, placed)
        return replace(item, phase=item.phase or phase)

    def _check_former(self, checklist: str, placed: Located[model.Item]) -> None:
        for index, old in enumerate(placed.value.formerly):
            place = placed.at("formerly", index)
            name = f"{checklist}.{old}"
            if self.lost.may_be("checklist", name) or "drop" in self.lost.kinds:
                continue
            if self.merged.home_of(name):
                self._fault(place, f"“{name}” is the id of an item that there is now")
            elif name in self.former:
                self._fault(
                    place, f"“{name}” is already the former id of the item at {self.former[name]}"
                )
            self.former.setdefault(name, placed.place)

    # Situations, contacts and guidance

    def _situation(self, placed: Located[model.Situation]) -> model.Situation:
        situation = placed.value
        self._check_text(placed, situation.title, "title")
        for index, text in enumerate(situation.note_down):
            self._check_text(placed, text, f"note_down {index + 1}")
        for index, name in enumerate(situation.contacts):
            self._check_known(placed.at("contacts", index), name, "contacts")
        for index, name in enumerate(situation.then):
            self._check_known(placed.at("then", index), name, "situations")
        steps = tuple(
            self._step(Located(step, placed.node["steps"][index], placed.file))
            for index, step in enumerate(situation.steps)
        )
        notes = tuple(map(self._fill, situation.note_down))
        return replace(self._with_condition(situation, placed), steps=steps, note_down=notes)

    def _step(self, placed: Located[model.Step]) -> model.Step:
        self._check_cites(placed, placed.value.cites)
        self._check_text(placed, placed.value.do, "do")
        self._check_text(placed, placed.value.why, "why")
        for index, name in enumerate(placed.value.needs):
            self._check_item(placed.at("needs", index), name)
        return self._with_condition(placed.value, placed)

    def _contact(self, placed: Located[model.Contact]) -> model.Contact:
        contact = placed.value
        self._check_cites(placed, contact.cites)
        # These texts are no templates: any other “$” is a plain character.
        for field in ("tel", "note", "note_from_abroad"):
            for found in _TELEPHONE.finditer(getattr(contact, field)):
                if name := found[1] or found[2]:
                    self._check_telephone(placed.at(field), name, field)
        if not any(getattr(contact, way) for way in (*WAYS, "note")):
            self._fault(
                placed.place, f"“{contact.id}” cannot be reached: give {', '.join(WAYS)} or a note"
            )
        if contact.people:
            self._check_people(placed)
        # A contact that is taken away, or replaced, may offer what is withdrawn.
        if self.lost.kinds.isdisjoint(("contacts", "drop")):
            self._check_withdrawn(placed)
        return _as_dialled(self._with_condition(contact, placed))

    def _check_people(self, placed: Located[model.Contact]) -> None:
        name = placed.value.people
        place = placed.at("people")
        fact = self.facts.get(name)
        if fact is None and self._is_excused("questions", name, place):
            return
        if fact is None or fact.type != "people":
            people = [n for n, one in self.facts.items() if one.type == "people"]
            self._fault(
                place, f"no question asks for the people “{brief(name)}”{allowed(people, name)}"
            )

    def _check_withdrawn(self, placed: Located[model.Contact]) -> None:
        for withdrawn in self.merged.withdrawn:
            for way in WAYS:
                offered = getattr(placed.value, way)
                if offered and _bare(offered) == _bare(withdrawn.value.value):
                    self._fault(
                        placed.at(way),
                        f"“{withdrawn.value.value}” is withdrawn: {withdrawn.value.reason}",
                    )

    def _check_guidance(self, placed: Located[model.Guidance]) -> None:
        page = placed.value
        if page.ask:
            self._check_known(placed.at("ask"), page.ask, "contacts")
        self._check_twins(placed, "section", page.sections, "sections")
        for index, section in enumerate(page.sections):
            self._check_twins(
                placed, "statement", section.statements, "sections", index, "statements"
            )

    def _check_twins(
        self, placed: Located[Any], what: str, entries: Sequence[Any], *path: Any
    ) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.id in seen:
                self._fault(placed.at(*path, index), f"the {what} “{entry.id}” stands twice")
            seen.add(entry.id)

    # What all entries share

    def _info(self, placed: Located[model.PackInfo]) -> model.PackInfo:
        info = placed.value
        return replace(info, not_covered_when=self._condition(info.not_covered_when, placed.file))

    def _with_condition(self, entry: T, placed: Located[T]) -> T:
        filled = {
            field: self._fill(text)
            for field in entry.__struct_fields__
            if isinstance(text := getattr(entry, field), str) and "$" in text
        }
        return replace(entry, **filled, when=self._condition(entry.when, placed.file))

    def _fill(self, text: str) -> str:
        """Put telephone numbers in the place of their placeholders; facts are filled in later."""
        return _TELEPHONE.sub(
            lambda found: self.telephones.get(found[1] or found[2], found[0]), text
        )

    def _condition(self, condition: Condition, file: str) -> Condition:
        report = self.problems.append
        reader = Reader(file, self.public, self.private, report, self._is_fact_excused)
        return reader.read(condition)

    def _check_cites(self, placed: Located[Any], cites: tuple[str, ...]) -> None:
        for index, path in enumerate(cites):
            page = path.partition("/")[0]
            if path not in self.citable and not self.lost.may_be("guidance", page):
                self._fault(
                    placed.at("cites", index),
                    f"no guidance has the statement “{brief(path, 200)}”"
                    f"{allowed(self.citable, path)}",
                )

    def _check_text(self, placed: Located[Any], text: str, field: str) -> None:
        if "$" not in text:
            return
        template = Template(text)
        if not template.is_valid():
            self._fault(
                placed.at(field), f"{field}: a “$” that begins no fact’s name is written “$$”"
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
        known = self.merged.leaves[kind]
        if name not in known and not self._is_excused(kind, name, place):
            self._fault(place, f"there is no {kind[:-1]} “{brief(name)}”{allowed(known, name)}")

    def _check_item(self, place: Place, name: str) -> None:
        # One that was dropped is no fault: lint warns that the step has nothing to show.
        if (
            self.merged.home_of(name) is None
            and not self.lost.may_be("checklist", name)
            and ("checklist", name) not in self.merged.dropped
        ):
            known = [known for known, _ in self.merged.items()]
            self._fault(place, f"there is no item “{brief(name)}”{allowed(known, name)}")

    def _is_fact_excused(self, name: str, place: Place) -> bool:
        sources = DERIVED[name].sources if name in DERIVED else (name,)
        # All of them: each that was dropped hears of it.
        excuses = [self._is_excused("questions", source, place) for source in sources]
        return any(excuses)

    def _is_excused(self, kind: str, name: str, place: Place) -> bool:
        """Tell whether a reference that leads nowhere is no fault where it stands.

        What it leads to may be among what could not be read, or an overlay has dropped it: that
        is told once, where it is dropped.
        """
        if self.lost.may_be(kind, name):
            return True
        if (kind, name) in self.merged.dropped:
            self.missed.setdefault((kind, name), []).append(place)
            return True
        return False

    def _fault(self, place: Place, text: str) -> None:
        self.problems.append(Problem(place, text))


def _as_dialled(contact: model.Contact) -> model.Contact:
    """Say how a British number in international form is dialled at home and from abroad."""
    home, found = re.subn(r"^\+44[ .-]?(?=[1-9])", "0", contact.tel)
    if not found or contact.tel_from_abroad:
        return contact
    return replace(contact, tel=home, tel_from_abroad=contact.tel)


def _sources(condition: Condition, questions: Collection[str]) -> Iterator[str]:
    """Yield the questions whose answers a condition needs, those behind derived facts too."""
    for fact in condition.facts():
        if fact in questions:
            yield fact
        else:
            yield from DERIVED[fact].sources


def _citable(merged: Merged) -> Iterator[str]:
    for page in merged.leaves["guidance"].values():
        if not page.value.sections:
            yield page.value.id
        yield from (path for path, _ in page.value.statements())


def _last_word(written: list[Located[S]]) -> S:
    """Lay the fields of a checklist or section over one another as the packs give them."""
    result = written[0].value
    for placed in written[1:]:
        fields = {
            name: getattr(placed.value, name)
            for name in ("title", "phase", "when")
            if placed.node.get(name) is not None
        }
        result = replace(result, **fields)
    return result


def _bare(detail: str) -> str:
    """Return an address without case and spaces, of a telephone number the digits."""
    if not re.fullmatch(r"[+\d\s()./‐-―-]+", detail):
        return re.sub(r"\s", "", detail).casefold()
    # “+44 (0)20 …”, “0044 20 …” and “020 …” are one number.
    digits = re.sub(r"^\s*\+|\D", lambda mark: "00" if "+" in mark[0] else "", detail)
    return re.sub(r"^00440?", "0", digits)
