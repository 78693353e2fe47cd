"""Reading YAML: what is read as text, what is refused, and where the fault is."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from travelsec.pack import yaml
from travelsec.problems import InputError, Problem


def fault(data: bytes | str) -> str:
    """Parse a text that has one fault; return the fault."""
    with pytest.raises(InputError) as caught:
        yaml.parse(data.encode() if isinstance(data, str) else data, "f.yaml")
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("02079460000", "02079460000"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        (".inf", ".inf"),
        ("2026-12-01", "2026-12-01"),
        ("null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ('"~"', "~"),
        ("''", ""),
        ("'NULL'", "NULL"),
        ("nULL", "nULL"),
        ("|\n  null", "null"),
    ],
)
def test_a_scalar_stays_text_whatever_it_looks_like(text: str, value: str | None) -> None:
    """Only a plain null, a tilde and nothing at all are None."""
    assert yaml.parse(f"a: {text}".encode(), "f.yaml") == {"a": value}


@pytest.mark.parametrize("word", ["Null", "NULL"])
def test_null_with_capitals_needs_quotes(word: str) -> None:
    """Other programs read None, and would lose somebody with this name."""
    expected = f'{word} without quotes is read in two ways: write null for nothing, or "{word}"'
    assert fault(f"a: {word}") == f"f.yaml:1:4: {expected}"


@pytest.mark.slow
def test_too_many_values_are_refused() -> None:
    """Four megabytes of the smallest values would take seconds and half a gigabyte."""
    told = fault(b"[" + b"a: b," * 800_000 + b"]")
    assert told == "f.yaml:1:416667: a file may have at most 250000 values"


def test_the_greatest_number_of_values_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, mappings and keys count too."""
    monkeypatch.setattr(yaml, "MAX_VALUES", 6)
    assert yaml.parse(b"a: [b, c, d]", "f.yaml") == {"a": ["b", "c", "d"]}
    assert "at most 6 values" in fault(b"a: [b, c, d, e]")


@pytest.mark.parametrize("data", [b"", b"# only a comment\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_document_is_none(data: bytes) -> None:
    """That is no fault here; the caller may need a mapping."""
    assert yaml.parse(data, "f.yaml") is None


def test_a_byte_order_mark_is_left_out() -> None:
    """Some editors write one. Columns do not count it."""
    tree = yaml.parse(b"\xef\xbb\xbfa: b", "f.yaml")
    assert tree == {"a": "b"}
    assert isinstance(tree, yaml.Mapping)
    assert str(tree.place_of_key("a")) == "f.yaml:1:1"


def test_every_value_knows_its_place() -> None:
    """Lines and columns count from 1, and columns count characters, not bytes."""
    tree = yaml.parse("ä: [x, é, z]\nb:\n  - c: d\n".encode(), "f.yaml")
    assert isinstance(tree, yaml.Mapping)
    assert str(tree.place_of_key("b")) == "f.yaml:2:1"
    assert str(tree["ä"].place_of(2)) == "f.yaml:1:11"
    assert str(tree["b"][0].place_of("c")) == "f.yaml:3:8"
    assert str(tree["b"][0].place) == "f.yaml:3:5"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("a: &x 1", "f.yaml:1:4: anchors (&x) are not supported: remove it"),
        ("a: 1\nb: *a", "f.yaml:2:4: aliases (*name) are not supported: write the value out"),
        ("<<: *a", "f.yaml:1:1: merging (<<) is not supported: write the fields out"),
        ("a: !!int 3", "f.yaml:1:4: tags (tag:yaml.org,2002:int) are not supported: remove it"),
        ("a: !x {b: 3}", "f.yaml:1:4: tags (!x) are not supported: remove it"),
        ("a: !!python/object/apply:os.system [x]", "f.yaml:1:4: tags (tag:yaml.org,2002:python"),
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: “a” appears twice here (first in line 1)"),
        ("a: {b: 1, 'b': 2}", "f.yaml:1:11: “b” appears twice here (first in line 1)"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: only one document is read"),
        ("? [a]\n: b", "f.yaml:1:3: the name of a field must be plain text"),
        ("~: b", "f.yaml:1:1: the name of a field must be plain text"),
        ("a:\n\tb: 1", "f.yaml:2:1: this is not YAML: "),
        ("do: Note: this", "f.yaml:1:9: this is not YAML: "),
        ("a: [1, }", "f.yaml:1:8: this is not YAML: "),
        ("a: b\nc: \x00d", "f.yaml:2:4: the character U+0000 is not allowed: remove it"),
        ("é: \x1b[31m", "f.yaml:1:4: the character U+001B is not allowed: remove it"),
        ("a: \x9b", "f.yaml:1:4: the character U+009B is not allowed: remove it"),
        ("a: \ufffe", "f.yaml:1:4: the character U+FFFE is not allowed: remove it"),
        (b"a: b\n\xc3\xa9: \xff", "f.yaml:2:4: this is not UTF-8 text: save the file as UTF-8"),
        (b"\xef\xbb\xbfa: \xff", "f.yaml:1:4: this is not UTF-8 text: save the file as UTF-8"),
        ("a: b".encode("utf-16"), "f.yaml:1:1: this is not UTF-8 text: save the file as UTF-8"),
        (b"a" * (yaml.MAX_YAML_BYTES + 1), "f.yaml: the file is larger than 4 MiB"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(data: bytes | str, text: str) -> None:
    """At its line and column."""
    assert fault(data).startswith(text)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("a:\n\tb: 1", "indent with spaces, not tabs"),
        ("a: @home", "begins with @, ` or % needs quotes"),
        ("do: Note: this", "a text with a colon and a space in it needs quotes"),
    ],
)
def test_common_mistakes_get_a_hint(data: str, hint: str) -> None:
    """The parser's own words help only people who know how it works."""
    assert hint in fault(data)


def test_a_file_of_the_greatest_size_is_read() -> None:
    """4 MiB are allowed, and messages about such files stay short."""
    assert yaml.parse(b"a" * yaml.MAX_YAML_BYTES, "f.yaml") == "a" * yaml.MAX_YAML_BYTES
    for data in ("&" + "a" * 100_000, "!" + "a" * 100_000, f"? {'a' * 9999}\n: 1\n? {'a' * 9999}"):
        assert len(fault(data)) < 200


class _StricterLoader(pyyaml.SafeLoader):
    """A parser that gives up at its own depth, in its own words, as libyaml 0.2.6 does."""

    def fetch_flow_collection_start(self, token_class: Any) -> None:
        if self.flow_level == 30:
            raise pyyaml.scanner.ScannerError(
                problem="words of its own", problem_mark=self.get_mark()
            )
        super().fetch_flow_collection_start(token_class)


@pytest.fixture(params=["installed", "python", "stricter"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the installed parser, with the one in Python, and with a stricter one."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif request.param == "stricter":
        monkeypatch.setattr(yaml, "CSafeLoader", _StricterLoader, raising=False)


@pytest.mark.usefixtures("_parser")
class TestDepth:
    """Twenty levels are read and no more, whatever the parser accepts."""

    @pytest.mark.parametrize(
        ("opening", "value", "closing"),
        [("[", "", "]"), ("{a: ", "b", "}"), ("[a, ", "b", "]"), ("- ", "b", ""), ("[\n", "", "]")],
    )
    def test_twenty_levels_are_read(self, opening: str, value: str, closing: str) -> None:
        """In flow style and in block style."""
        text = opening * 20 + value + closing * 20
        assert yaml.parse(text.encode(), "f.yaml") is not None

    @pytest.mark.parametrize(
        ("opening", "closing", "expected"),
        [
            ("[", "]", "1:21: nested deeper than 20"),
            ("[é, ", "]", "1:81: nested deeper than 20"),
            ("['[', ", "]", "1:121: nested deeper than 20"),
            ("[\n", "]", "21:1: nested deeper than 20"),
            ("[\r\n", "]", "21:1: nested deeper than 20"),
            ("{a: ", "}", "1:81: nested deeper than 20"),
            ("[{a: ", "}]", "1:51: nested deeper than 20"),
            ("- ", "", "1:41: nested deeper than 20"),
            # A list or a mapping as the name of a field is a fault that comes before.
            ("{", "}", "1:2: the name of a field must be plain text"),
            ("[a, {", "}]", "1:6: the name of a field must be plain text"),
            ("? ", "", "1:3: the name of a field must be plain text"),
            ("- ? ", "", "1:5: the name of a field must be plain text"),
        ],
    )
    def test_deep_nesting_is_one_fault_at_its_place(
        self, opening: str, closing: str, expected: str
    ) -> None:
        """At the first value that is too deep, however many are below it."""
        for levels in (21, 1_001, 100_000):
            for text in (opening * levels, opening * levels + "x" + closing * levels):
                assert fault(text) == f"f.yaml:{expected}", levels

    def test_block_and_flow_levels_add_up(self) -> None:
        """Fifteen blocks leave room for five brackets."""
        block = "".join(f"{' ' * level}a:\n" for level in range(15))
        expected = "f.yaml:16:21: nested deeper than 20"
        assert fault(block + " " * 15 + "[" * 5_000) == expected
        block += " " * 15 + "- [[[[b]]]]\n"
        assert yaml.parse(block.encode(), "f.yaml") is not None

    @pytest.mark.parametrize(
        "text",
        [
            f"a: '{'[' * 5_000}'",
            f'a: "{"{" * 5_000}"',
            f"a: b # {'[' * 5_000}",
            f"a: |\n  {'[' * 5_000}\n",
            f"a: >\n  {'- ' * 5_000}\n",
            f"a: b{'[' * 5_000}",
            f"[{'[], ' * 5_000}]",
        ],
    )
    def test_brackets_in_texts_or_side_by_side_are_not_nested(self, text: str) -> None:
        """In quotes, comments, blocks and plain texts."""
        assert yaml.parse(text.encode(), "f.yaml") is not None

    def test_a_syntax_error_after_many_brackets_is_reported(self) -> None:
        """They are not nested."""
        text = f"a: ['{'[' * 50}', {'[], ' * 50}]\nb: @home\n"
        assert fault(text).startswith("f.yaml:2:4: this is not YAML: ")


class TestJson:
    """JSON is read as the YAML it nearly is."""

    def test_an_object_with_tabs(self) -> None:
        """Some programs indent with tabs."""
        data = b'{\n\t"a":\t"1",\n\t"b": [\n\t\ttrue,\n\t\tnull\n\t]\n}\n'
        assert yaml.parse(data, "f.json") == {"a": "1", "b": ["true", None]}

    def test_surrogate_pairs_make_one_character(self) -> None:
        """`json.dumps` writes an emoji as two halves."""
        data = json.dumps({"a": "x😀y", "𝄞": ["é"]}).encode()
        assert b"\\ud83d\\ude00" in data
        assert yaml.parse(data, "f.json") == {"a": "x😀y", "𝄞": ["é"]}

    def test_an_escaped_backslash_begins_no_pair(self) -> None:
        """The text names an escape, but has none."""
        value = {"a": r"\ud83d\ude00", "b": "\\"}
        assert yaml.parse(json.dumps(value).encode(), "f.json") == value

    @pytest.mark.parametrize("half", ["\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83dx"])
    def test_half_a_pair_is_refused(self, half: str) -> None:
        """No text can hold it."""
        assert "this is not YAML: " in fault(f'{{"a": "{half}"}}')

    @given(
        st.recursive(
            st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text("abé😀\\/\"'", max_size=5), inner, max_size=3)
            ),
            max_leaves=8,
        ),
        st.sampled_from([None, 2, "\t"]),
    )
    def test_whatever_json_writes_reads_back(self, value: Any, indent: int | str | None) -> None:
        """Texts, lists, objects and null, however they are indented."""
        data = json.dumps({"value": value}, indent=indent).encode()
        assert yaml.parse(data, "f.json") == {"value": value}


@settings(max_examples=examples(60), deadline=None)
@given(
    st.binary(max_size=60)
    | st.text("ab:-?[]{}&*!|>'\"%@#,\\ \n\t~é\x00\u2028\ufeff", max_size=60).map(str.encode)
)
def test_any_bytes_give_a_tree_or_a_fault(data: bytes) -> None:
    """No other error is raised, and a tree has only the four kinds of node."""
    tree: yaml.Node = None
    problems: tuple[Problem, ...] = ()
    try:
        tree = yaml.parse(data, "f.yaml")
    except InputError as error:
        problems = error.problems
    assert all(problem.place.line > 0 for problem in problems)
    _check(tree)


def _check(node: yaml.Node) -> None:
    if isinstance(node, yaml.Mapping):
        assert set(node) == set(node.marks)
        for value in node.values():
            _check(value)
    elif isinstance(node, yaml.Sequence):
        assert len(node) == len(node.marks)
        for value in node:
            _check(value)
    else:
        assert node is None or type(node) is str


def test_a_text_with_a_fault_at_every_character_is_read_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each reading would otherwise find another fault a little further up."""
    readings = []
    real = yaml._loader

    def counted() -> Any:
        readings.append(1)
        return real()

    monkeypatch.setattr(yaml, "_loader", counted)
    with pytest.raises(InputError, match="this is not YAML"):
        yaml.parse(b"a: x\nkey" + b":" * 2000 + b" x\n", "f.yaml")
    assert len(readings) <= 5
