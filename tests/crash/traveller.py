"""A traveller who knows the pack: what to answer at each prompt, and what must then be kept."""

from __future__ import annotations

import datetime
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from tests.crash import wording
from tests.crash.prompts import Prompt, Reply
from travelsec import values
from travelsec.interview.prompter import BACK_KEY
from travelsec.pack.load import load
from travelsec.pack.model import Pack, Phase, Question
from travelsec.question_types import read_value, show_value
from travelsec.trip.statuses import NEED_REASON, StatusWord, word

FIRST_DAY = datetime.date(2026, 12, 1)
TODAY = ("--today", "2026-11-22")
BACK = ("--today", "2026-12-09")
"""All dates of a trip lie between these two."""

NAME = "A. Smith"
REASON = "No time"


class ListedItem(NamedTuple):
    """An item as it is asked: its label, full id, phase, and the title of its section."""

    label: str
    id: str
    phase: Phase
    section: str


@cache
def pack() -> Pack:
    """Return the bundled pack."""
    return load()


@cache
def items() -> Mapping[str, ListedItem]:
    """Return the bundled items by label, the longest label first."""
    found = {
        item.label: ListedItem(
            item.label,
            f"{checklist.id}.{item.id}",
            item.phase or section.phase or "before",
            section.title,
        )
        for checklist in pack().checklists
        for section in checklist.sections
        for item in section.items
    }
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))


def raw_answer(question: Question, name: str = NAME) -> str:
    """Return an answer as `--set` takes it: yes, the first choices, one date after the other."""
    match question.type:
        case "yes-no":
            return "yes"
        case "choice":
            return next(iter(question.choices))
        case "choices":
            return ",".join(list(question.choices)[:3])
        case "date":
            dates = [one.id for one in pack().questions.values() if one.type == "date"]
            return str(FIRST_DAY + datetime.timedelta(days=3 * dates.index(question.id)))
        case "number":
            return "3"
        case "people":
            return "Ann Lee, +44 20 7946 0000"
    return name


def settings(name: str = NAME) -> list[str]:
    """Return the options that answer all questions of before the trip."""
    questions = [one for one in pack().questions.values() if one.phase == "before"]
    return [f"--set={one.id}={raw_answer(one, name)}" for one in questions]


def wanted(item: str) -> StatusWord:
    """Return the status that an item gets: most are done, the others by their names."""
    others: tuple[StatusWord, ...] = ("declined", "not-applicable", "todo")
    number = zlib.crc32(item.encode()) % 16
    return others[number] if number < len(others) else "done"


class Traveller:
    """Answers every prompt of `prepare`, `debrief` and `trips forget`.

    Args:
        forgets: the trip is forgotten at the end of its debrief.

    Attributes:
        confirmed: what the screen confirmed: facts as they are kept, items with their status, and
            `event:` with a situation and whether it was reported.
        possible: the values that each of these may have: the confirmed one, if there is one, and
            those that were given after it, for a signal may come before their confirmation.
        trip: the trip to go on with where there are several; empty for a new one.
    """

    def __init__(self, *, forgets: bool = False) -> None:
        self.confirmed: dict[str, object] = {}
        self.possible: dict[str, list[object]] = {}
        self.trip = ""
        self._forgets = forgets
        self._aside: ListedItem | None = None
        self._hesitated: set[str] = set()
        self._put_back: set[str] = set()

    def reply(self, prompt: Prompt) -> Reply:
        """Return the answer to a prompt.

        Raises:
            AssertionError: no answer is known to it.
        """
        for answer in (self._to_items, self._to_words, self._to_situations, self._to_question):
            reply = answer(prompt)
            if reply is not None:
                for name, value in reply.keeps.items():
                    self.possible.setdefault(name, []).append(value)
                return reply
        raise AssertionError(f"no answer is known to: {prompt}")

    def confirm(self, keeps: Mapping[str, object]) -> None:
        """Take down what the screen confirmed."""
        self.confirmed.update(keeps)
        self.possible.update({name: [value] for name, value in keeps.items()})

    def _to_items(self, prompt: Prompt) -> Reply | None:
        """Answer a section, or one of the two questions about an item that is set aside."""
        found = {label: _item_in(label) for label in prompt.options}
        if found and all(found.values()):
            return self._to_section({label: item for label, item in found.items() if item})
        item = self._aside
        if item is None or f"{item.label}:" not in prompt.text:
            return None
        status, title = wanted(item.id), f"{item.label}:"
        if status == "todo" and wording.PUT_BACK in prompt.options:
            self._put_back.add(item.id)
            shown, keeps = word("todo", item.phase), {item.id: "todo"}
            return Reply(option=wording.PUT_BACK, shown=shown, title=title, keeps=keeps)
        status = "declined" if status == "todo" else status
        if set(wording.ASIDE) <= set(prompt.options):
            option = next(text for text, one in wording.ASIDE.items() if one == status)
            return Reply(option=option)
        if wording.REASON in prompt.text:
            if wanted(item.id) == "todo" and item.id not in self._hesitated:
                self._hesitated.add(item.id)
                return Reply(text=BACK_KEY)
            shown = f"{word(status, item.phase)}: {REASON}"
            return Reply(text=REASON, shown=shown, title=title, keeps={item.id: status})
        return None

    def _to_section(self, listed: Mapping[str, ListedItem]) -> Reply:
        """Set one item of a section aside; once all are that should be, tick what is done."""
        for option, item in listed.items():
            if self._is_to_set_aside(item, _word_in(option, item)):
                self._aside = item
                return Reply(aside=option)
        done = frozenset(one for one, item in listed.items() if wanted(item.id) == "done")
        return Reply(
            ticks=done,
            shown=f"{len(done)} {wording.TICKED}" if done else wording.NOTHING_TICKED,
            title=f"{next(iter(listed.values())).section}:",
            keeps={item.id: wanted(item.id) for item in listed.values()},
        )

    def _is_to_set_aside(self, item: ListedItem, shown: str) -> bool:
        """Return whether an item is to be set aside, or put back, given its word on the screen.

        What is to do in the end is nearly set aside, then set aside, and then put back.
        """
        status = wanted(item.id)
        if status == "todo":
            return bool(shown) or item.id not in self._put_back
        return status in NEED_REASON and shown != word(status, item.phase)

    def _to_words(self, prompt: Prompt) -> Reply | None:
        """Answer what is asked about the trip as a whole; its last option is the boldest."""
        if any(words in prompt.text for words in wording.SUMMARIES):
            first = prompt.options[0]
            if first.startswith(wording.GO_ON):
                return Reply(option=first)
            again = self._to_go_through_again(prompt.options)
            return Reply(option=again or first, is_last=again is None)
        if wording.WHICH_TRIP in prompt.text:
            going_on = [one for one in prompt.options if self.trip and one.endswith(self.trip)]
            return Reply(option=(going_on or prompt.options[-1:])[0])
        # Before the question about the trip, which can still stand above it.
        if any(words in prompt.text for words in wording.REALLY_FORGET):
            return Reply(option=prompt.options[-1], is_last=True)
        if wording.WHAT_BECOMES in prompt.text:
            # What is not reported is not forgotten without asking again.
            option = prompt.options[-1 if self._forgets else 0]
            return Reply(option=option, is_last=not self._forgets)
        return None

    def _to_go_through_again(self, options: Iterable[str]) -> str | None:
        """Return the option that leads to an item whose status is not yet the wanted one.

        A signal can come between setting an item aside and putting it back; a section is not
        asked again by itself where nothing in it is open.
        """
        for item in items().values():
            if any(status != wanted(item.id) for status in self.possible.get(item.id, [])):
                begin = f"{wording.CHANGE}{item.section} ("
                return next((option for option in options if option.startswith(begin)), None)
        return None

    def _to_situations(self, prompt: Prompt) -> Reply | None:
        if wording.WHAT_HAPPENED in prompt.text:
            titles = {one.title for one in pack().situations.values() if "$" not in one.title}
            happened = [label for label in prompt.options if label in titles][:2]
            return Reply(ticks=frozenset(happened))
        if wording.WAS_REPORTED in prompt.text:
            situations = pack().situations.values()
            found = max(situations, key=lambda one: prompt.text.rfind(f"{one.title}:"))
            is_reported = zlib.crc32(found.id.encode()) % 3 == 0
            return Reply(
                option=prompt.options[0 if is_reported else 1],
                shown="yes" if is_reported else "not yet",
                keeps={f"event:{found.id}": is_reported},
            )
        return None

    def _to_question(self, prompt: Prompt) -> Reply | None:
        places = {one.id: _place(one.ask, prompt.text) for one in pack().questions.values()}
        name, place = max(places.items(), key=lambda entry: entry[1])
        if place < 0:
            return None
        question = pack().questions[name]
        raw = raw_answer(question)
        value = read_value(question, raw)
        # As it is after it was written as JSON.
        keeps = {name: json.loads(json.dumps(values.to_data(value)))}
        shown = show_value(question, value)
        if question.type == "choices":
            ticks = frozenset(question.choices[one] for one in raw.split(","))
            return Reply(ticks=ticks, shown=shown, keeps=keeps)
        if question.type == "choice":
            return Reply(option=question.choices[raw], shown=shown, keeps=keeps)
        if question.type == "yes-no":
            return Reply(option=prompt.options[0], shown=shown, keeps=keeps)
        return Reply(text=raw, shown=shown, keeps=keeps)


def _item_in(option: str) -> ListedItem | None:
    starts = ((label, item) for label, item in items().items() if option.startswith(label))
    return next((item for label, item in starts if option[len(label) :][:2] in (" (", " –")), None)


def _word_in(option: str, item: ListedItem) -> str:
    """Return the word that says how an item in a list was set aside; empty if it was not."""
    aside = re.match(" – (.+) \\(", option.removeprefix(item.label))
    return aside[1] if aside else ""


def _place(ask: str, text: str) -> int:
    """Return where a question is in a text, whatever its `$placeholders` are filled with."""
    pattern = ".+?".join(map(re.escape, re.split(r"\$\{?\w+\}?", ask)))
    return max((found.start() for found in re.finditer(pattern, text)), default=-1)
