"""Which passes train a model on the backend that Keras runs on here?"""

from typing import TYPE_CHECKING

from builder.train.passes.contract import Passes, Rows

if TYPE_CHECKING:
    import keras


def open_passes(model: "keras.Model", train: Rows, batch_size: int, seed: int, jit: bool = False) -> Passes:
    """The passes of a compiled model over these training rows.

    Args:
        model: Built and compiled.
        train: All training rows, as numpy arrays.
        batch_size: Rows of a step, from 1.
        seed: Of the order of rows.
        jit: Whether XLA compiles each step.
    """
    from builder.train.passes.tensorflow import TensorFlowPasses

    return TensorFlowPasses(model, train, batch_size, seed, jit)
