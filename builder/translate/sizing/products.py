"""How many multiply-adds has a product of tensors? Each letter of its einsum once, without the batch."""

from collections.abc import Callable, Mapping, Sequence

from builder.translate.sizing.call import Call, UnknownLength, size
from builder.translate.specs import Dim


def dense(call: Call) -> int:
    """inputs × units, at every position."""
    return call.numbers("kernel") * size(call.out[:-1])


def einsum_dense(call: Call) -> int:
    """All letters of the equation."""
    kernel = next(call.weights("kernel"))
    return einsum(call.layer.equation, [(1, *call.came), kernel])


def reversible_embedding(call: Call) -> int:
    """Looking up costs nothing; reversed it is a product with the table."""
    is_reversed = call.args.get("reverse") or getattr(call.layer, "reverse", False) is True
    return size(call.came) * int(call.layer.input_dim) if is_reversed else 0


def dot_layer(call: Call) -> int:
    """`Dot`: numbers that come out × the length that is summed over."""
    axes = call.layer.axes
    axis = axes if isinstance(axes, int) else axes[0]
    first = call.flat[0].shape
    return size(call.out) * size([first[axis]])


def matmul(call: Call) -> int:
    """`matmul`, `dot`, `inner`: numbers that come out × the last length of `x1`."""
    return size(call.out) * size([_first_operand(call)[-1]])


def tensordot(call: Call) -> int:
    """Numbers that come out × the lengths that are summed over, which `axes` names."""
    axes, shape = call.args.get("axes", 2), _first_operand(call)
    if isinstance(axes, int):
        return size(call.out) * size(shape[len(shape) - axes :])
    if not isinstance(axes, list) or not axes:
        raise UnknownLength
    first = axes[0] if isinstance(axes[0], list) else [axes[0]]
    return size(call.out) * size([shape[axis] for axis in first if isinstance(axis, int)])


def outer(call: Call) -> int:
    """Every number with every other."""
    return size(call.out)


def einsum_operation(call: Call) -> int:
    """All letters of the subscripts, once for each product."""
    subscripts = call.args.get("subscripts")
    if not isinstance(subscripts, str):
        raise UnknownLength
    return einsum(subscripts, [(1, *spec.sample) for spec in call.flat])


def einsum(equation: str, shapes: Sequence[Sequence[Dim]]) -> int:
    """Multiply-adds of an einsum: the product of all letters' lengths, for each operand after the first.

    Args:
        equation: As Keras takes it, such as `...x,xy->...y`.
        shapes: The operands, with a batch of 1.

    Raises:
        UnknownLength: A length is open, or the letters do not fit the shapes.
    """
    operands = equation.replace(" ", "").partition("->")[0].split(",")
    if len(operands) != len(shapes):
        raise UnknownLength
    lengths: dict[str, Dim] = {}
    for letters, shape in zip(operands, shapes, strict=True):
        for letter, length in zip(_spelled(letters, len(shape)), shape, strict=True):
            lengths[letter] = length if lengths.get(letter) in (None, 1) else lengths[letter]
    return size(list(lengths.values())) * max(1, len(operands) - 1)


def _spelled(letters: str, rank: int) -> list[str]:
    """The letters of one operand, with `...` written out: counted from the right, as axes are broadcast."""
    before, dots, after = letters.partition("...")
    missing = rank - len(before) - len(after)
    if missing < 0 or (missing and not dots):
        raise UnknownLength
    return [*before, *(f"{place}." for place in range(missing, 0, -1)), *after]


def _first_operand(call: Call) -> Sequence[Dim]:
    """Shape of `x1`, batch first; where that is a constant, of the axis that fits it."""
    given = call.tensors.get("x1") or call.tensors.get("a")
    if given:
        return given[0].shape
    if "x1" in call.args or not call.flat:
        other = call.flat[0].shape if call.flat else ()
        return [other[-2] if len(other) > 1 else None]
    return call.flat[0].shape


FORMULAS: Mapping[str, Callable[[Call], int]] = {
    "Dense": dense,
    "EinsumDense": einsum_dense,
    "ReversibleEmbedding": reversible_embedding,
    "Dot": dot_layer,
    "ops.matmul": matmul,
    "ops.dot": matmul,
    "ops.inner": matmul,
    "ops.vdot": matmul,
    "ops.outer": outer,
    "ops.kron": outer,
    "ops.tensordot": tensordot,
    "ops.einsum": einsum_operation,
}
