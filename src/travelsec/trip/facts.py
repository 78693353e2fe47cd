"""The facts of a trip: answers, and the facts derived from them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from itertools import filterfalse
from string import Template
from typing import Any, cast

from travelsec import values
from travelsec.bank_holidays import NATIONS, Dates, Nation, dates_of
from travelsec.conditions import FactState, StateOf, Truth
from travelsec.derived import BANK_HOLIDAYS, DERIVED, NATION
from travelsec.pack.model import Pack, Question
from travelsec.question_types import NONE, Value, read_value, show_value
from travelsec.wording import show_date


class _States(dict[str, FactState]):
    """The states of facts on a day; derived facts are computed on first use."""

    def __init__(self, pack: Pack, today: datetime.date) -> None:
        super().__init__()
        self.pack = pack
        self.today = today

    @property
    def nation(self) -> Nation | None:
        """The nation whose bank holidays count: that of a public answer, else the packs'."""
        question = self.pack.questions.get(NATION)
        if question is not None and not question.private:
            state = self[NATION]
            if state.applies is not False and state.value in NATIONS:
                return cast(Nation, state.value)
        return self.pack.nation

    def __missing__(self, fact: str) -> FactState:
        if fact == BANK_HOLIDAYS:
            dates: Any = dates_of(self.nation)
            return FactState(True, dates)
        state = self[fact] = DERIVED[fact].state(self.today, self.__getitem__)
        return state


@functools.lru_cache(1024)
def _placeholders(text: str) -> tuple[str, ...]:
    return tuple(Template(text).get_identifiers())


class Facts:
    """The facts of a trip, for the questions of a pack on a given day.

    Args:
        pack: its questions say which facts there are and when they matter.
        answers: values by fact id, typed as `read_value` returns them; facts that no question
            asks for are ignored.
        today: the day the trip is judged for.
    """

    def __init__(self, pack: Pack, answers: Mapping[str, Value], today: datetime.date) -> None:
        self.pack = pack
        self.answers = {name: value for name, value in answers.items() if name in pack.questions}
        self.today = today
        # Nothing in it leads back here: thousands of trips would wait to be found as garbage.
        self._states = _States(pack, today)
        self.state: StateOf = self._states.__getitem__
        """Returns whether a fact matters for this trip, and its value if known."""
        # In the pack's order, a question comes after those it depends on.
        for name, question in pack.questions.items():
            applies = question.when.truth(self.state)
            self._states[name] = FactState(applies, self.answers.get(name))

    @property
    def nation(self) -> Nation | None:
        """The nation whose bank holidays count: that of a public answer, else the packs'."""
        return self._states.nation

    @property
    def bank_holidays(self) -> Dates:
        """The bank holidays that count for working days."""
        return dates_of(self.nation)

    def applies(self, question: Question) -> Truth:
        """Return whether the question matters for this trip (None: it may)."""
        return self.state(question.id).applies

    def questions(self, *, on_return: bool = False) -> Iterator[Question]:
        """Yield the questions that matter, or may, in the order to ask: before, or on return."""
        return self._mattering(self.pack.questions.values(), on_return=on_return)

    def open_questions(self, *, on_return: bool = False) -> Iterator[Question]:
        """Yield those that are unanswered."""
        unanswered = filterfalse(self.answers.__contains__, self.pack.questions)
        questions = map(self.pack.questions.__getitem__, unanswered)
        return self._mattering(questions, on_return=on_return)

    def _mattering(self, questions: Iterable[Question], *, on_return: bool) -> Iterator[Question]:
        for question in questions:
            if (question.phase == "back") is on_return and self.applies(question) is not False:
                yield question

    def to_ask(self, *, on_return: bool = False) -> Iterator[Question]:
        """Yield the open questions, but for those whose answer follows from other answers."""
        questions = self.open_questions(on_return=on_return)
        return (question for question in questions if not self.follows(question))

    def given(self) -> Iterator[tuple[Question, Value]]:
        """Yield the answered questions that matter, or may, with their answers."""
        for question in self.pack.questions.values():
            if question.id in self.answers and self.applies(question) is not False:
                yield question, self.answers[question.id]

    def value(self, fact: str) -> Any:
        """Return the value of a fact that matters, or None; the answer “none” gives None too."""
        value = self._answer(fact)
        return None if value is NONE else value

    def _answer(self, fact: str) -> Any:
        if fact not in self._states and fact not in DERIVED:
            return None
        state = self.state(fact)
        return None if state.applies is False else state.value

    def default(self, question: Question) -> Value | None:
        """Return the `default` that the question offers, with facts filled in, or None."""
        default = question.default
        if isinstance(default, str):
            default = self.fill(default)
        if default is None:
            return None
        try:
            return read_value(question, default)
        except values.InvalidValue:
            # Once filled in, a default may be invalid for its question.
            return None

    def follows(self, question: Question) -> bool:
        """Return whether the default follows from other answers, and is not the same for all."""
        default = question.default
        return isinstance(default, str) and "$" in default and self.default(question) is not None

    def with_defaults(self) -> Facts:
        """Return the facts with the defaults of the open questions as answers."""
        facts = self
        # A default can open a question that has a default of its own.
        while offered := dict(facts._defaults()):
            facts = Facts(facts.pack, facts.answers | offered, facts.today)
        return facts

    def _defaults(self) -> Iterator[tuple[str, Value]]:
        for question in self.open_questions():
            value = self.default(question)
            if value is not None:
                yield question.id, value

    def fill(self, text: str) -> str | None:
        """Fill the `$placeholders` of a text; None if a fact in it is unknown."""
        if "$" not in text:
            return text
        unknown = None in map(self.value, _placeholders(text))
        return None if unknown else self.fill_or_mark(text)

    def fill_or_mark(self, text: str) -> str:
        """Fill the `$placeholders`; unknown facts read “(… not given)”."""
        if "$" not in text:
            return text
        texts = {name: self._show(name) for name in _placeholders(text)}
        return Template(text).substitute(texts)

    def _show(self, fact: str) -> str:
        value = self._answer(fact)
        if value is None:
            return f"({fact} not given)"
        return show_value(self.pack.questions.get(fact) or DERIVED[fact].type, value)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield each fact that contradicts others, and what is wrong with it."""
        departs, returns = self.value("departs"), self.value("returns")
        if departs is not None and returns is not None and returns < departs:
            dates = f"({show_date(returns)}) is before the departure ({show_date(departs)})"
            yield "returns", f"the return {dates}"
