"""TOML from anybody: what is too deep is refused before it costs anything, and nothing else is."""

import subprocess
import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.guarantees.toml_lines import lines_of
from pledgeline.programme.toml import DEEPEST, NotToml, read_toml

DEEP = f"more than {DEEPEST} steps deep"


def dotted(parts: int, part: str = "a") -> str:
    return ".".join([part] * parts)


@pytest.mark.parametrize(
    "text",
    [
        f"{dotted(20)} = 1",
        f"[{dotted(20)}]",
        f"[{dotted(10)}]\n{dotted(10, 'b')} = 1.5",
        f"a = {'[' * 19}1{']' * 19}",
        f"{dotted(18)} = [{{ b = 1 }}]",
        f'"{dotted(400)}" = 1',
        f"'{dotted(400)}' = 1",
        f'a = "{dotted(400)}"',
        f'a = """\n{dotted(400)}\\""""""\nb = 1',
        f"a = '''{dotted(400)}'''''\nb = 1",
        f"# {dotted(400)}\na = 1",
        "a = [" + "1.5, " * 400 + "]",
        "a = [" + "[1.5], " * 400 + "]",
        "\r\n".join(f"[table.of.{n}]\r\nnumber = {n}.5" for n in range(400)),
        "a = 2025-08-31T04:00:00.123456+02:00",
    ],
)
def test_what_is_twenty_steps_deep_or_only_looks_deeper_is_read(text):
    assert tomllib.loads(text) == read_toml(text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (1, f"{dotted(21)} = 1"),
        (1, f"[{dotted(21)}]"),
        (2, f"a = 1\n[[{dotted(20)}]]"),
        (2, f"[{dotted(10)}]\n{dotted(11, 'b')} = 1"),
        (1, f"""{dotted(21, "'a'")} = 1"""),
        (1, f"""{dotted(21, '"a.b"')} = 1"""),
        (1, f"{' . '.join(['a'] * 21)} = 1"),
        (1, f"a = {{ {dotted(20, 'b')} = 1 }}"),
        (1, f"a = [1, {{ b = 2, {dotted(19, 'c')} = 1 }}]"),
        (1, f"a = {'[' * 20}{']' * 20}"),
        (4, f'a = """\n"\\""""\n# "\n{dotted(21)} = 1'),
        (3, f"a = '''\n\\'''\n{dotted(21)} = 1"),
        (2, f"a = 'it ends here\n{dotted(21)} = 1"),
        (2, f"a = 1\r\n{dotted(21)} = 1"),
    ],
)
def test_what_is_deeper_is_refused_with_its_line_and_the_way_out(line, text):
    with pytest.raises(NotToml, match=DEEP) as refused:
        read_toml(text)

    assert line == refused.value.line
    assert "quotes" in refused.value.way_out


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a = 1\nb =", 2, "This is not valid TOML: Invalid value."),
        ("a = 1\nb = 2025-02-30\n", 2, "This is not valid TOML: Invalid date or datetime."),
        ("a = 1\na = 2", 2, "This is not valid TOML: Cannot overwrite a value."),
        (f"a = 1\n\nb = {'9' * 4_301}", 3, "A number has more than 4,300 digits."),
        (f"a = 1\nb = -{'1_' * 4_301}1", 2, "A number has more than 4,300 digits."),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text, line, wrong):
    with pytest.raises(NotToml) as refused:
        read_toml(text)

    assert (line, wrong) == (refused.value.line, refused.value.wrong)


names = st.sampled_from(["a", "b.c", '"', "#", "x y", ""])
values = st.recursive(
    st.one_of(st.integers(), st.sampled_from(["", "a.b", '"""', "'", "[[", "# no"]), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=12,
)


def written(value: object) -> str:
    """Write a value in one line, every text and every key in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return quoted(value) if isinstance(value, str) else str(value).lower()


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.dictionaries(names, values, max_size=3), st.integers(1, 30))
def test_the_depth_is_that_of_the_deepest_value(table, parts):
    """The second computation is the walk that notes a path for each value: its longest path, and its brackets."""
    text = f"{dotted(parts, 'k')} = {written(table)}"
    paths = lines_of(text)
    deepest = max(max(map(len, paths)), parts + 1 + max(map(brackets, table.values()), default=0))
    if deepest > DEEPEST:
        with pytest.raises(NotToml, match=DEEP):
            read_toml(text)
    else:
        assert tomllib.loads(text) == read_toml(text)


def brackets(value: object) -> int:
    """Count how deep brackets and the keys in them go; an empty pair is a step as well."""
    if isinstance(value, dict):
        return 1 + max(map(brackets, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(brackets, value), default=0)
    return 0


UNDER_A_LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from pledgeline.programme.toml import NotToml, read_toml
for text in (
    ".".join(["a"] * 90_000) + "=1\\n[" + ".".join(["b"] * 9_000) + "]",
    "[" + ".".join(["a"] * 90_000) + "]\\n" + ".".join(["b"] * 9_000) + "=1",
    "a=" + "[" * 90_000 + "]" * 90_000,
    "a=" + "{b=" * 60_000,
    "a=" + "[" * 400 + "1," * 90_000 + "]" * 400,
    ".".join(["'a'"] * 50_000) + "=1",
):
    try:
        read_toml(text)
    except NotToml as refused:
        print(refused.line)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_texts_made_to_take_all_memory_are_refused_in_little():
    """Two keys of 90,000 parts took 21 GiB."""
    done = subprocess.run(
        [sys.executable, "-c", UNDER_A_LIMIT], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )

    assert ["1"] * 6 == done.stdout.split()
