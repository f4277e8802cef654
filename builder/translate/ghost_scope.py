"""How is Keras asked about shapes without allocating anything? In a scope whose variables have no storage.

Rests on private parts of the pinned Keras: variables made in a `StatelessScope` are kept in a global list, which the
next ordinary scope would initialise (measured: +1.2 GB). The list is therefore swapped for an empty one and put back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

_LIST = "uninitialized_variables"


@contextmanager
def ghost_scope() -> Iterator[None]:
    """Layers made and called in here have shapes and counts, and no numbers."""
    import keras
    from keras.src.backend.common import global_state

    before = global_state.get_global_attribute(_LIST)
    global_state.set_global_attribute(_LIST, [])
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        global_state.set_global_attribute(_LIST, before)
