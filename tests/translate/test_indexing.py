"""Is the key of an index read as Python reads it, and never run?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.translate.indexing import parsed, written

SMALL = st.integers(-3, 3)
PARTS = st.one_of(
    SMALL,
    st.builds(slice, st.none() | SMALL, st.none() | SMALL, st.none() | st.sampled_from([1, 2, -1])),
    st.just(None),
)


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_an_index_that_is_written_is_read_back(parts):
    assert parsed(written(tuple(parts))) == tuple(parts)


@pytest.mark.parametrize("key", [":, 0", "[:, 0]", "..., 1:3", "0", ":, ::2", ":, None", "(:, -1)", ":,"])
def test_a_key_picks_what_python_picks(key):
    array = np.arange(24).reshape(2, 3, 4)
    plain = key.strip("[]()")
    assert np.array_equal(array[parsed(key)], eval(f"array[{plain}]"))


@pytest.mark.parametrize(
    "key", ["", "a", "__import__('os')", "1.5", "1e9", "::0", "1:2:3:4", "0x1", "9" * 12, "1+1"]
)
def test_anything_else_is_refused_in_words(key):
    with pytest.raises(ValueError, match=r"whole number|colons|step|parts"):
        parsed(key)


def test_endless_keys_are_refused():
    with pytest.raises(ValueError, match="at most 16"):
        parsed("0," * 1000 + "0")
