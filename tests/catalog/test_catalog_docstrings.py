from builder.catalog import docstrings

TEXT = """Does a thing with `x`.

    It follows [this paper](https://example.org) closely
    and **well**.

    Args:
        units: Positive integer, size of
            the output space. More words.
        rate: Optional integer. If set, something else
            happens. Even more.

    Example:

    >>> nothing()
    """


def test_the_opening_ends_before_the_first_heading_and_has_no_markup():
    assert docstrings.opening(TEXT) == "Does a thing with x.\n\nIt follows this paper closely and well."


def test_each_argument_is_told_in_its_first_sentence_or_two_if_that_is_too_short():
    assert docstrings.arguments(TEXT) == {
        "units": "Positive integer, size of the output space.",
        "rate": "Optional integer. If set, something else happens.",
    }


def test_a_docstring_without_arguments_gives_none():
    assert docstrings.arguments("Just a line.") == {}


def test_long_openings_stop_at_a_paragraph():
    long = "\n\n".join("word " * 60 for _ in range(5))
    assert len(docstrings.opening(long)) <= docstrings.HELP_CHARACTERS


def test_long_sentences_are_cut_at_a_word():
    (line,) = docstrings.arguments("A.\n\nArgs:\n    x: " + "word " * 80).values()
    assert len(line) <= docstrings.LINE_CHARACTERS and line.endswith("word…")
