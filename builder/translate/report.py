"""What does a check answer? Shapes, counts and issues, as `check --json` prints them. No Keras here."""

from pydantic import BaseModel, ConfigDict

from builder.issues import Issue, has_errors

Shape = tuple[int | None, ...]
"""Without the batch dimension; None where the length is not known before data comes."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class NodeReport(_Part):
    """What one node puts out and how much it holds."""

    shape: Shape | tuple[Shape, ...] | None = None
    """One shape, or one for each output in `keras.tree.flatten` order; None: not known because of a fault."""
    dtype: str | tuple[str, ...] | None = None
    params: int | None = None
    """Numbers in its weights; 0 for a `Call`, whose layer is counted where it is drawn. None: not known."""
    trainable_params: int | None = None
    flops: int | None = None
    """2 × multiply-adds, forward, one row; None: not counted for this kind of layer."""
    blocked_by: str | None = None
    """The node with the fault that this one waits for."""


class Totals(_Part):
    """Counts of the whole network: of what leads to an output, shared layers once."""

    params: int = 0
    trainable_params: int = 0
    flops: int | None = None
    size_bytes: int = 0
    """Room for the weights alone."""
    trainable_bytes: int = 0
    """Room for those that are trained."""
    largest_bytes: int = 0
    """Room for the largest array that is trained."""
    kept_bytes: int | None = None
    """What one row keeps in memory until its gradients have passed; None: a length is unknown."""


class CheckReport(_Part):
    """The answer to "what does this drawing mean?"."""

    ok: bool
    """Whether the network can be built: no issue is an error."""
    nodes: dict[str, NodeReport]
    """By id; inside nested networks by path, `block1/conv`."""
    totals: Totals
    issues: tuple[Issue, ...]


def report(nodes: dict[str, NodeReport], totals: Totals, issues: tuple[Issue, ...]) -> CheckReport:
    """The report of these parts; `ok` follows from the issues."""
    return CheckReport(ok=not has_errors(issues), nodes=nodes, totals=totals, issues=issues)
