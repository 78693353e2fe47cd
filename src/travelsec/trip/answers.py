"""Read answers: from a file (YAML or JSON) and from `--set` options, against the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from travelsec import values
from travelsec.derived import DERIVED
from travelsec.pack import yaml
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, Problem, allowed, brief, few_guesses
from travelsec.question_types import NONE, Value, read_value
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import NEED_REASON, WRITTEN, How, Status, StatusWord, reason_fault
from travelsec.wording import join_words

RETIRED = ("service_desk",)
"""Facts that 0.2.0 asked for and nothing needs any more."""


class Answers(Struct):
    """Facts by id and statuses by full item id, with how each fact was given.

    `retired` are the facts given that no question asks for any more.
    """

    facts: dict[str, Value] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    how: dict[str, How] = field(default_factory=dict)
    retired: list[str] = field(default_factory=list)

    def take(self, others: Answers) -> None:
        """Add other answers, which replace these where both exist."""
        self.facts |= others.facts
        self.statuses |= others.statuses
        self.how |= others.how


def as_asked_now(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored facts, with the fact `open_ended` of 0.2.0 turned into a day of departure."""
    is_open_ended = facts.get("open_ended") in ("true", True) and "departs" not in facts
    return {**facts, "departs": NONE} if is_open_ended else dict(facts)


def item_names(pack: Pack) -> dict[str, str]:
    """Map every name of an item (its full id and its former ones) to its full id now."""
    former = {
        f"{checklist.id}.{old}": full
        for full, checklist, _, item in pack.items()
        for old in item.formerly
    }
    return former | {full: full for full, *_ in pack.items()}


class AnswersReader:
    """Collects answers and all their faults; later answers replace earlier ones.

    Args:
        pack: the pack whose questions and items can be answered.
        items: the pack's `item_names`; pass them if many readers share them.
    """

    def __init__(self, pack: Pack, items: Mapping[str, str] | None = None) -> None:
        self.pack = pack
        self.items = item_names(pack) if items is None else items
        self.answers = Answers()
        self.problems: list[Problem] = []
        self._places: dict[str, Place] = {}

    def read_file(self, data: bytes, file: str) -> None:
        """Read an answers file: `trip` maps facts to values, `items` items to statuses."""
        try:
            tree = yaml.parse(data, file)
        except InputError as error:
            self.problems += error.problems
            return
        if not isinstance(tree, yaml.Mapping):
            self._fault(Place(file, 1, 1), "an answers file is a mapping with “trip” and “items”")
            return
        self.read_tree(tree, file)

    @few_guesses()
    def read_tree(self, tree: dict[str, Any], file: str, also: Sequence[str] = ()) -> None:
        """Read parsed answers; only faults in a `yaml.Mapping` have a line and a column.

        `also` are fields that the caller reads itself.
        """
        for key, node in tree.items():
            if key in also:
                continue
            if key not in ("trip", "items"):
                fault = f"unknown field “{brief(key)}”{allowed([*also, 'trip', 'items'], key)}"
                self._fault(_place_of_key(file, tree, key), fault)
            elif node is not None and not isinstance(node, dict):
                place = tree.place_of(key) if isinstance(tree, yaml.Mapping) else Place(file)
                self._fault(place, f"“{key}” maps names to answers: name: answer")
            elif node and key == "trip":
                for name, value in node.items():
                    self._fact(name, value, _place_of_key(file, node, name))
            elif node:
                self._items(node, file)

    @few_guesses()
    def read_settings(self, settings: Iterable[str], option: str = "--set") -> None:
        """Read `FACT=VALUE` and `ITEM=STATUS[:REASON]`, as an option gives them."""
        for setting in settings:
            name, equals, text = setting.partition("=")
            place = Place(f"{option} {brief(setting)}")
            if not equals:
                self._fault(place, "write FACT=VALUE or ITEM=STATUS[:REASON]")
            else:
                self.read_answer(name.strip(), text, place)

    def read_answer(self, name: str, text: str | None, place: Place) -> None:
        """Read `VALUE` for a fact or `STATUS[:REASON]` for an item; None is not an answer."""
        if "." not in name:
            self._fact(name, text, place)
        elif text is None:
            self._item(name, None, place)
        else:
            status, _, reason = text.partition(":")
            value = {"status": status.strip(), "reason": reason.strip()}
            self._item(name, value if reason else status.strip(), place)

    def finish(self, facts: Facts, before: Facts | None = None) -> Answers:
        """Return the answers; `facts` are those of the trip with these answers.

        With `before`, the facts without them, a contradiction that was there before is no fault.

        Raises:
            InputError: it has every fault of everything read, contradictions included.
        """
        old = [] if before is None else [*before.faults()]
        for name, text in facts.faults():
            if (name, text) not in old:
                self._fault(self._places.get(name, Place(name)), text)
        if self.problems:
            raise InputError(self.problems)
        return self.answers

    def _items(self, node: dict[str, Any], file: str) -> None:
        first: dict[str, str] = {}
        # A tree without places has one place, made once: this speeds up batches.
        here = None if isinstance(node, yaml.Mapping) else Place(file)
        for name, value in node.items():
            place = here or _place_of_key(file, node, name)
            full = self.items.get(name, name)
            if value is not None and first.setdefault(full, name) != name:
                # Either answer could be meant.
                self._fault(place, f"“{name}” is the same item as “{first[full]}”, answered above")
            self._item(name, value, place)

    def _fact(self, name: str, value: Any, place: Place) -> None:
        question = self.pack.questions.get(name)
        if name in self.items:
            self._fault(place, f"“{name}” is an item, not a fact: it belongs under “items”")
        elif question is None and name in DERIVED:
            self._fault(place, f"“{name}” {self._follows(name)}")
        elif question is None and name in RETIRED:
            self.answers.retired.append(name)
        elif question is None:
            self._fault(place, f"there is no fact “{brief(name)}”{self._allowed(name)}")
        elif value is not None:
            try:
                self.answers.facts[name] = read_value(question, value)
            except values.InvalidValue as wrong:
                self._fault(place, f"{name}: {wrong}")
                return
            self.answers.how[name] = "script"
            self._places[name] = place

    def _item(self, name: str, value: Any, place: Place) -> None:
        full = self.items.get(name)
        if name in self.pack.questions:
            self._fault(place, f"“{name}” is a fact, not an item: it belongs under “trip”")
        elif full is None:
            self._fault(place, f"there is no item “{brief(name)}”{self._allowed(name)}")
        elif isinstance(value, str) and value in _NEED_NO_REASON:
            self.answers.statuses[full] = _NEED_NO_REASON[value]
        elif value is not None:
            faults = list(_status_faults(value))
            for fault in faults:
                self._fault(place, f"{name}: {fault}")
            if not faults:
                self.answers.statuses[full] = _status_of(value)

    def _follows(self, name: str) -> str:
        sources = [self.pack.questions.get(source) for source in DERIVED[name].sources]
        meanings = [question.none for question in sources if question and question.none]
        none = f" (none for {meanings[0]})" if meanings else ""
        return f"follows from other answers: give {join_words(DERIVED[name].sources)} instead{none}"

    def _allowed(self, name: str) -> str:
        names = [*self.pack.questions, *self.items]
        return allowed(names, name) or "; travelsec prepare --answers-template shows all there are"

    def _fault(self, place: Place, text: str) -> None:
        self.problems.append(Problem(place, text))


def _place_of_key(file: str, node: dict[str, Any], key: str) -> Place:
    return node.place_of_key(key) if isinstance(node, yaml.Mapping) else Place(file)


def _status_faults(value: Any) -> Iterator[str]:
    fields = {"status": value} if isinstance(value, str) else value
    if not isinstance(fields, dict):
        yield f"a status is needed here{allowed(WRITTEN)}"
        return
    for key, text in fields.items():
        if key not in ("status", "reason", "note"):
            yield f"unknown field “{brief(key)}”{allowed(['status', 'reason', 'note'], key)}"
        elif key == "status" or text is None:
            continue
        elif not isinstance(text, str):
            yield f"{key}: text is needed here"
        elif (fault := reason_fault(text)) is not None:
            yield f"{key}: {fault}"
    status = fields.get("status")
    if not isinstance(status, str):
        yield f"the status is missing{allowed(WRITTEN)}"
    elif status not in WRITTEN:
        yield f"“{brief(status)}” is not a status{allowed(WRITTEN, status)}"
    elif status in NEED_REASON and not str(fields.get("reason") or "").strip():
        yield (
            f"{status} needs a reason: {{status: {status}, reason: …}}, "
            f"with --set ITEM={status}:REASON"
        )


def _status_of(value: dict[str, Any]) -> Status:
    status: StatusWord = "done" if value["status"] == "agreed" else value["status"]
    return Status(
        status,
        reason=(value.get("reason") or "").strip(),
        note=(value.get("note") or "").strip(),
        how="script",
    )


_NEED_NO_REASON = {
    written: _status_of({"status": written}) for written in WRITTEN if written not in NEED_REASON
}
"""The statuses without a reason, by how they are written; most items have one of these."""
