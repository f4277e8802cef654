"""Which passes train a model on the backend that Keras runs on here?"""

from typing import TYPE_CHECKING, Any

from builder.train.passes.contract import Passes, Rows
from builder.train.rules import Setup

if TYPE_CHECKING:
    import keras


def open_passes(
    model: "keras.Model", train: Rows, batch_size: int, seed: int, setup: Setup, strategy: Any = None
) -> Passes:
    """The passes of a compiled model over these training rows.

    Args:
        model: Built and compiled, within the strategy's scope where there is one.
        train: All training rows, as numpy arrays.
        batch_size: Rows of a step, from 1.
        seed: Of the order of rows.
        setup: What is computed with.
        strategy: TensorFlow's, which shares each batch among devices.
    """
    import keras

    if keras.backend.backend() == "jax":
        from builder.train.passes.jax import JaxPasses

        return JaxPasses(model, train, batch_size, seed, setup.most_steps)
    if keras.backend.backend() == "torch":
        from builder.train.passes.torch import TorchPasses

        return TorchPasses(model, train, batch_size, seed, setup.most_steps)
    from builder.train.passes.tensorflow import TensorFlowPasses

    return TensorFlowPasses(model, train, batch_size, seed, setup.jit, setup.most_steps, strategy)
