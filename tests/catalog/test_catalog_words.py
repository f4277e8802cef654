import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.catalog.words import clipped, either, shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "empty"),
        (True, "true"),
        (4640, "4640"),
        (12300, "12\N{THIN SPACE}300"),
        (-5, "−5"),
        (10**15, "a number of about 16 digits"),
        (0.5, "0.5"),
        (2.0, "2.0"),
        (1e20, "1e+20"),
        (float("nan"), "not a number"),
        (float("-inf"), "infinite"),
        ("a\nb", '"a b"'),
        ([1, [2, [3, [4]]]], "[1, [2, […]]]"),
        (list(range(9)), "[0, 1, 2, 3, 4, …]"),
        ({"a": 1}, "an object"),
        (print, "something that is not JSON"),
    ],
)
def test_a_value_is_shown_in_a_few_words(value, words):
    assert shown(value) == words


@given(st.text() | st.integers() | st.floats() | st.lists(st.text() | st.integers()))
def test_whatever_it_is_it_fits_a_line(value):
    assert len(shown(value)) < 260
    assert "\n" not in shown(value)


def test_a_long_text_is_clipped_with_an_ellipsis():
    assert clipped("x" * 100) == "x" * 39 + "…"


def test_names_are_joined_with_or():
    assert either(("a",)) == "a"
    assert either(("a", "b", "c")) == "a, b or c"
