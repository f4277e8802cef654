"""What does an analysis answer? One row a layer, the sums, the memory of training. No Keras here."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from builder.translate.memory import Forecast
from builder.translate.report import Shape

Seen = tuple[int, ...] | Literal["whole"] | None


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class WeightRow(_Part):
    """One array of weights."""

    name: str
    shape: Shape
    dtype: str
    trainable: bool


class AnalysisRow(_Part):
    """What one layer holds, costs and sees. Figures are None where a fault or an open length leaves them unknown."""

    id: str
    """Path; inside nested networks `block1/conv`."""
    type: str = ""
    nested: bool = False
    """Rows of the layers inside follow; their figures are contained in this one's."""
    state: str = "fine"
    """fine | fault | waits"""
    inputs: tuple[Shape, ...] = ()
    output: Shape | tuple[Shape, ...] | None = None
    dtype: str | tuple[str, ...] | None = None
    params: int | None = None
    trainable_params: int | None = None
    weights: tuple[WeightRow, ...] = ()
    weights_bytes: int | None = None
    activation_bytes: int | None = None
    """What one row keeps here until its gradients have passed."""
    flops: int | None = None
    params_share: float | None = None
    """0 to 1; None where the layer is not counted in the totals."""
    flops_share: float | None = None
    receptive_field: Seen = None
    """Positions of the input that one position of the output sees, along each axis; or the whole of it."""
    initializer: str = ""
    notes: tuple[str, ...] = ()


class Sums(_Part):
    """Of what leads to an output; shared layers hold their weights once and work at each call."""

    layers: int
    params: int
    trainable_params: int
    weights_bytes: int
    activation_bytes: int | None
    flops: int | None


class Analysis(_Part):
    """The whole answer."""

    ok: bool
    name: str
    rows: tuple[AnalysisRow, ...]
    totals: Sums
    memory: Forecast
