"""What is known about a trip: answers, and the facts derived from them."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator, Mapping
from string import Template
from typing import Any

from travelsec import values
from travelsec.conditions import FactState, StateOf, Truth, both
from travelsec.derived import DERIVED, DerivedFact
from travelsec.pack.model import Pack, Question
from travelsec.question_types import NUMBER, Value, read_value, show_value
from travelsec.wording import show_date

_BY_DAY = [name for name, derived in DERIVED.items() if derived.by_day]


class _States(dict[str, FactState]):
    """The states of facts on a day; derived facts are computed on first use."""

    def __init__(self, today: datetime.date) -> None:
        super().__init__()
        self.today = today

    def __missing__(self, fact: str) -> FactState:
        state = self[fact] = self.derive(DERIVED[fact])
        return state

    def derive(self, derived: DerivedFact) -> FactState:
        """Compute a derived fact; it is unknown unless all its sources are known."""
        sources = [self[source] for source in derived.sources]
        applies = both(source.applies for source in sources)
        given = [source.value for source in sources]
        if None in given:
            return FactState(applies, None)
        return FactState(applies, derived.compute(self.today, *given))


class Facts:
    """The facts of one trip, for the questions of a pack on a given day.

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
        states = _States(today)
        self._keep(states)
        state_of, answer_to = self.state, self.answers.get
        # In the pack's order, the questions that one depends on come before it.
        for name, question in pack.questions.items():
            states[name] = FactState(question.when.truth(state_of), answer_to(name))

    def _keep(self, states: _States) -> None:
        self._states = states
        self.state: StateOf = states.__getitem__
        """Returns whether a fact matters for this trip, and its value if known."""

    def on(self, day: datetime.date) -> Facts:
        """Return the same facts on another day."""
        states = _States(day)
        states |= self._states
        # Facts that change with the day can change what depends on them.
        for name in _BY_DAY:
            if name in states and states.derive(DERIVED[name]) != states[name]:
                return Facts(self.pack, self.answers, day)
        other = copy.copy(self)
        other.today = day
        other._keep(states)
        return other

    def applies(self, question: Question) -> Truth:
        """Return whether the question matters for this trip (None: it may)."""
        return self.state(question.id).applies

    def open_questions(self) -> Iterator[Question]:
        """Yield the unanswered questions that matter, or may, in the order to ask."""
        for question in self.pack.questions.values():
            state = self._states[question.id]
            if state.applies is not False and state.value is None:
                yield question

    def given(self) -> Iterator[tuple[Question, Value]]:
        """Yield the questions that matter, or may, with their answers or None."""
        for question in self.pack.questions.values():
            state = self._states[question.id]
            if state.applies is not False and state.value is not None:
                yield question, state.value

    def value(self, fact: str) -> Any:
        """Return the value of a fact that matters, else None."""
        state = self._states.get(fact)
        if state is None:
            if fact not in DERIVED:
                return None
            state = self.state(fact)
        return None if state.applies is False else state.value

    def default(self, question: Question) -> Value | None:
        """Return the `default` that the question offers, with facts filled in, or None."""
        default = question.default
        if isinstance(default, str) and "$" in default:
            default = self.fill(default)
        if default is None:
            return None
        try:
            return read_value(question, default)
        except values.InvalidValue:
            # Filled in, a default may be an answer that its question would refuse.
            return None

    def fill(self, text: str) -> str | None:
        """Fill the `$placeholders` of a text; None if a fact in it is unknown."""
        if "$" not in text:
            return text
        template = Template(text)
        shown: dict[str, str] = {}
        for name in template.get_identifiers():
            value = self.value(name)
            if value is None:
                return None
            shown[name] = self._show(name, value)
        return template.substitute(shown)

    def fill_or_mark(self, text: str) -> str:
        """Fill the `$placeholders`; unknown facts read “(… not given)”."""
        if "$" not in text:
            return text
        template = Template(text)
        shown = {}
        for name in template.get_identifiers():
            value = self.value(name)
            known = value is not None
            shown[name] = self._show(name, value) if known else f"({name} not given)"
        return template.substitute(shown)

    def _show(self, fact: str, value: Value) -> str:
        question = self.pack.questions.get(fact)
        return show_value(question if question else NUMBER, value)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield the facts that contradict others, each with what is wrong."""
        departs, returns = self.value("departs"), self.value("returns")
        dates = isinstance(departs, datetime.date) and isinstance(returns, datetime.date)
        if dates and returns < departs:
            yield (
                "returns",
                f"the return ({show_date(returns)}) is before the departure ({show_date(departs)})",
            )
