"""What is saved, shared and attached to every run? The document `layerloom-project/1`.

A design, the data it learns from, and how it is trained. A run can always be rebuilt from its own copy of this.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from builder.design.document import Design, Params
from builder.project.optimizers import Optimizer, as_numbers, complaint

FORMAT = "layerloom-project/1"
SAME_AS_INPUT = "$inputs"
"""As a target: the network shall reproduce its own input (autoencoders)."""

Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False, strict=True)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SplitKind(StrEnum):
    """How rows are dealt out."""

    STRATIFIED = "stratified"
    """Every class keeps its share in each part; for regression the same as random."""
    RANDOM = "random"


class SplitSpec(_Part):
    """Which rows train, which choose, and which stay closed until the end. Shares add up to 1."""

    kind: SplitKind = SplitKind.STRATIFIED
    train: Share = 0.7
    validation: Share = 0.15
    test: Share = 0.15
    seed: Seed = 0

    @model_validator(mode="after")
    def _whole(self) -> "SplitSpec":
        if abs(self.train + self.validation + self.test - 1) > 1e-6:
            total = self.train + self.validation + self.test
            raise ValueError(f"train, validation and test must add up to 1; they add up to {total:g}")
        if self.train <= 0:
            raise ValueError("train must be above 0: without training rows nothing is learned")
        return self


class DataSpec(_Part):
    """Where rows come from and which columns go where."""

    source: str = Field(min_length=1, max_length=1000)
    """Name of a bundled set or generator."""
    target: str | None = None
    """Column to predict; None: the set's own; `$inputs`: the input itself."""
    inputs: dict[str, list[str]] | None = None
    """Columns for each input node; None: all features to the only input."""
    targets: dict[str, str] | None = None
    """Column for each output node; None: `target` for the only output."""
    split: SplitSpec = Field(default_factory=SplitSpec)


def _usual_rate() -> Params:
    return {"learning_rate": 0.001}


class OptimizerSpec(_Part):
    """A class of `keras.optimizers` and its arguments."""

    type: Optimizer = Optimizer.ADAM
    params: Params = Field(default_factory=_usual_rate)

    @model_validator(mode="after")
    def _in_range(self) -> "OptimizerSpec":
        wrong = complaint(self.type, self.params)
        if wrong:
            raise ValueError(wrong)
        # The only way to settle a field of a frozen model while it is validated.
        object.__setattr__(self, "params", as_numbers(self.type, self.params))
        return self


class EarlyStopping(_Part):
    """Stop when the monitored value has not improved for `patience` epochs."""

    monitor: Literal["val_loss", "loss", "val_accuracy", "accuracy"] = "val_loss"
    patience: int = Field(default=10, ge=1, le=100_000, strict=True)
    restore_best_weights: bool = True


class ReduceRate(_Part):
    """Lower the learning rate when the monitored value has not improved for `patience` epochs."""

    monitor: Literal["val_loss", "loss", "val_accuracy", "accuracy"] = "val_loss"
    factor: float = Field(default=0.5, gt=0, lt=1, allow_inf_nan=False)
    """The new rate is so many times the old one."""
    patience: int = Field(default=5, ge=1, le=100_000, strict=True)
    min_learning_rate: float = Field(default=1e-6, ge=0, allow_inf_nan=False)


class Training(_Part):
    """How the network is trained. These names are the keys of `--set` on the command line."""

    loss: dict[str, str] | str | None = None
    """Keras' name of the loss, for each output; None: chosen from the data."""
    metrics: dict[str, list[str]] | list[str] | None = None
    optimizer: OptimizerSpec = Field(default_factory=OptimizerSpec)
    epochs: int = Field(default=15, ge=1, le=100_000, strict=True)
    batch_size: int = Field(default=32, ge=1, le=65_536, strict=True)
    seed: Seed = 0
    early_stopping: EarlyStopping | None = None
    reduce_lr: ReduceRate | None = None
    device: str = Field(default="auto", pattern=r"^(auto|cpu|gpu|gpu:[0-9]{1,2}|all)$")
    """`gpu` is the first one, `gpu:1` the second; `all` shares each batch among all GPUs."""
    precision: Literal["auto", "float32", "mixed_float16", "mixed_bfloat16"] = "auto"
    """Keras' dtype policy."""
    jit: Literal["auto", "on", "off"] = "auto"
    """Whether XLA compiles each step."""
    steps_per_execution: Annotated[int, Field(ge=1, le=10_000, strict=True)] | Literal["auto"] = "auto"
    """Steps that are done before Python looks again."""
    backend: Literal["tensorflow", "jax", "torch"] = "tensorflow"
    """What Keras computes with; the others than TensorFlow only where they are installed."""


class Project(_Part):
    """A design together with its data and its training settings."""

    format: Literal["layerloom-project/1"] = "layerloom-project/1"
    name: str = Field(default="untitled", min_length=1, max_length=200)
    design: Design = Field(default_factory=Design)
    data: DataSpec | None = None
    training: Training = Field(default_factory=Training)
