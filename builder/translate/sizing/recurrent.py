"""How many multiply-adds has a recurrent layer? The kernels of input and state, in every time step.

Gates multiply value by value, which is not counted (below 1 % of an LSTM from 100 units on).
"""

from collections.abc import Callable, Mapping

from builder.translate.sizing.call import Call, size


def recurrent(call: Call) -> int:
    """All kernels of the cell, or of the cells upon each other, × time steps."""
    return call.numbers("kernel") * size(call.came[:1])


FORMULAS: Mapping[str, Callable[[Call], int]] = dict.fromkeys(("SimpleRNN", "LSTM", "GRU", "RNN"), recurrent)
