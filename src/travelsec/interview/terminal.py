"""Ask with lists and lines drawn in the terminal, to move in, tick and type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.containers import AnyContainer
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from travelsec.console import print_blocks, width_of
from travelsec.document import Block, Paragraph
from travelsec.interview.key_bindings import Handler, list_keys, text_keys
from travelsec.interview.list_view import ListView, StyledLine, header_line, wrapped
from travelsec.interview.prompter import (
    BACK_KEY,
    CLEAR,
    KEYS,
    NO_REASON,
    SET_ASIDE_KEY,
    STOP_KEY,
    WHY,
    ChoicePrompt,
    Move,
    Position,
    SectionPrompt,
    SetAsideAnswer,
    Stopped,
    TextPrompt,
    TicksPrompt,
)
from travelsec.interview.run_prompt import run_prompt
from travelsec.interview.suggestions import Suggestions
from travelsec.safe_text import line

# The terminal's own colours, which its owner can read on its background, light or dark, and for
# errors a fill that no theme changes.
STYLE = Style.from_dict(
    {
        "header": "reverse",
        "question": "bold",
        "hint": "",
        "option": "",
        "pointed": "bold",
        "sentence": "bold",
        "detail": "",
        "error": "bold bg:#d70000 #ffffff",
        "keys": "dim",
    }
)

_COMPLETES = "Tab takes the first name below, arrows and Enter another; "

_BAR = 12
"""Columns of the bar that shows how far an interview is."""


class TerminalPrompter:
    """Draws its questions in a terminal."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal
        self.header = ("", "")

    def move_to(self, place: Position) -> None:
        progress = ""
        if place.part:
            done = "━" * max(_BAR * place.number // place.total, 1)
            progress = f"{place.part} {place.number} of {place.total} {done:─<{_BAR}}"
        self.header = (line(place.trip) or "Your trip", progress)

    def tell(self, blocks: Iterable[Block]) -> None:
        print_blocks(blocks, self.terminal)

    def acknowledge(self, message: str, answer: str) -> None:
        self.tell([Paragraph(f"? {message} {answer}")])

    def text(self, prompt: TextPrompt) -> str | Move:
        # Do not prefill the line with the earlier answer: typing `b` would append to it.
        offer = f"Enter takes {prompt.initial}, {CLEAR} leaves it open; " if prompt.initial else ""
        texts = {
            "class:question": f"? {line(prompt.message)}",
            "class:hint": line(prompt.hint),
            "class:keys": f"({line(offer)}{_COMPLETES if prompt.complete else ''}or {KEYS}; then "
            "Enter)",
        }
        suggestions = Suggestions(prompt.complete or (lambda _typed: ()))
        error = ""

        def above() -> list[StyledLine]:
            width = max(width_of(self.terminal) - 1, 20)
            rows = (row for style, text in texts.items() for row in wrapped(style, text, width))
            return [*header_line(self.header, width), *rows]

        def below() -> list[StyledLine]:
            width = max(width_of(self.terminal) - 1, 20)
            return [*wrapped("class:error", error, width), *suggestions.lines(width)]

        def accept(buffer: Buffer) -> bool:
            nonlocal error
            answer = prompt.meant(buffer.text)
            if suggestions.at is not None:
                suggestions.take(buffer)
            elif answer == WHY:
                texts["class:hint"] = line(_text_below(prompt.why, prompt.hint))
                buffer.reset()
            elif answer not in (BACK_KEY, STOP_KEY) and (fault := prompt.check(answer)):
                error = _sentence(fault)
            else:
                get_app().exit(result=answer)
            return True

        def change(buffer: Buffer) -> None:
            nonlocal error
            error = ""
            suggestions.update(buffer.text)

        buffer = Buffer(accept_handler=accept, multiline=False, on_text_changed=change)
        field = Window(
            BufferControl(buffer, input_processors=[BeforeInput("   > ")]),
            dont_extend_height=True,
            wrap_lines=True,
        )
        body = HSplit([_window(above), field, _window(below)])
        answer = str(self._run(body, text_keys(suggestions), field))
        if answer == STOP_KEY:
            raise Stopped
        return Move.BACK if answer == BACK_KEY else answer

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        labels = {value: line(text) for value, text in prompt.options.items()}
        # With ten options, a 1 could be the start of 10.
        numbered = len(labels) < 10
        ways = "arrows or a number, then Enter" if numbered else "arrows and Enter"
        if numbered and prompt.at_once:
            ways = "a number, or arrows and Enter"
        view = ListView(
            message=line(prompt.message),
            hint=line(prompt.hint),
            options=labels,
            keys=f"{ways}; {KEYS}",
            numbered=numbered,
            at=list(labels).index(prompt.initial) if prompt.initial is not None else 0,
        )

        def accept(event: KeyPressEvent) -> None:
            event.app.exit(result=view.pointed)

        def point(event: KeyPressEvent) -> None:
            if not view.explanation:
                view.at = int(event.key_sequence[0].key) - 1
                if prompt.at_once:
                    accept(event)

        numbers = range(1, len(labels) + 1) if numbered else ()
        keys: dict[str, Handler] = dict.fromkeys(map(str, numbers), point)
        answer: str | Move = self._ask(view, accept, keys, {}, prompt.why)
        return answer

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        answer: tuple[str, ...] | Move = self._tick(prompt, _list_of(prompt), {})
        return answer

    def section(self, prompt: SectionPrompt) -> tuple[str, ...] | Move | SetAsideAnswer:
        view = _list_of(prompt)
        view.title = line(prompt.title)
        view.keys = f"Space ticks, Enter goes on; {SET_ASIDE_KEY} not for me, {KEYS}"
        for value, level in prompt.levels.items():
            view.options[value] = f"{view.options[value]} ({level})"
            view.details[value] = f"{level.upper()}: {_visible_lines(prompt.details[value])}"
        if prompt.pointed:
            view.at = list(prompt.options).index(prompt.pointed)

        def set_aside(event: KeyPressEvent) -> None:
            event.app.exit(result=SetAsideAnswer(view.pointed, view.answer))

        answer: tuple[str, ...] | Move | SetAsideAnswer
        answer = self._tick(prompt, view, {SET_ASIDE_KEY: set_aside})
        return answer

    def _tick(self, prompt: TicksPrompt, view: ListView, keys: Mapping[str, Handler]) -> Any:
        def accept(event: KeyPressEvent) -> None:
            fault = prompt.fault(view.answer)
            if fault:
                view.error = _sentence(fault)
            else:
                event.app.exit(result=view.answer)

        keys = {" ": lambda _event: view.toggle(), **keys}
        return self._ask(view, accept, keys, prompt.whys, prompt.why)

    def _ask(
        self,
        view: ListView,
        accept: Handler,
        keys: Mapping[str, Handler],
        whys: Mapping[str, str],
        why: str,
    ) -> Any:
        """Return the answer to a list.

        Args:
            view: the list.
            accept: what Enter does.
            keys: what further keys do, except in the middle of a word.
            whys: explain single options; `why` the whole question.

        Raises:
            Stopped: the user stopped.
        """

        def explain(_event: KeyPressEvent) -> None:
            view.explain(_visible_lines(whys.get(view.pointed) or why or NO_REASON))

        def leave(event: KeyPressEvent) -> None:
            event.app.exit(result=Move.BACK)

        def stop(event: KeyPressEvent) -> None:
            event.app.exit(exception=Stopped())

        actions = {WHY: explain, BACK_KEY: leave, STOP_KEY: stop, **keys}

        def press(event: KeyPressEvent) -> None:
            """Do what a letter or another single key does."""
            key = event.key_sequence[0].key.lower()
            if view.explanation:
                if key == STOP_KEY:
                    stop(event)
                elif key in (BACK_KEY, WHY):
                    view.explain("")
            elif key in actions and not (view.is_in_word and view.type(key)):
                actions[key](event)
            elif len(key) == 1 and key.isalpha():
                view.type(key)

        def enter(event: KeyPressEvent) -> None:
            if view.explanation:
                view.explain("")
            else:
                accept(event)

        view.header = self.header

        def draw() -> list[StyledLine]:
            return view.lines(width_of(self.terminal), get_app().output.get_size().rows)

        bindings = list_keys(lambda step: lambda _event: view.move(step), enter, press)
        return self._run(_window(draw), bindings)

    def _run(self, body: AnyContainer, keys: Any, focused: Window | None = None) -> Any:
        app: Application[Any] = Application(
            layout=Layout(body, focused_element=focused),
            key_bindings=keys,
            style=STYLE,
            output=create_output(stdout=self.terminal),
            erase_when_done=True,
        )
        return run_prompt(app)


def _window(rows: Any) -> Window:
    """Return a window of rows that are laid out again whenever it is drawn."""

    def fragments() -> StyleAndTextTuples:
        return [
            fragment
            for number, (style, text) in enumerate(rows())
            for fragment in (("", "\n" if number else ""), (style, text))
        ]

    control = FormattedTextControl(fragments, focusable=True, show_cursor=False)
    return Window(control, dont_extend_height=True)


def _list_of(prompt: TicksPrompt) -> ListView:
    return ListView(
        message=line(prompt.message),
        hint=line(prompt.hint),
        options={value: line(text) for value, text in prompt.options.items()},
        keys=f"Space ticks, Enter goes on; {KEYS}",
        several=True,
        alone=prompt.alone,
        set_aside=prompt.set_aside,
        ticked=set(prompt.ticked),
    )


def _sentence(fault: str) -> str:
    return line(f"{fault[0].upper()}{fault[1:]}.")


def _visible_lines(text: str) -> str:
    return "\n".join(line(row) for row in text.split("\n"))


def _text_below(why: str, hint: str) -> str:
    """Return the text below a question after the key for why."""
    return f"{why or NO_REASON} {hint}".replace("\n", " ").strip()
