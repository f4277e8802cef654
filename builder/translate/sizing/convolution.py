"""How many multiply-adds has a convolution? Its kernel, at every place that it is laid on.

Zeros of the padding are multiplied too, as published counts do.
"""

from collections.abc import Callable, Mapping

from builder.translate.sizing.call import Call, size


def convolution(call: Call) -> int:
    """Kernel (groups and depthwise ones have smaller ones) × places of the output; both kernels of a separable one."""
    return call.numbers("kernel") * size(call.places(call.out))


def transposed(call: Call) -> int:
    """Kernel × places of the input: each of them is spread over the output."""
    return call.numbers("kernel") * size(call.places(call.came))


def recurrent(call: Call) -> int:
    """`ConvLSTM`: the kernels of input and state, at every place of the state, in every time step."""
    axes = len(call.layer.kernel_size)
    return call.numbers("kernel") * size(call.places(call.out[-axes - 1 :])) * size(call.came[:1])


def spectrogram(call: Call) -> int:
    """`STFTSpectrogram`: two fixed kernels, cosine and sine, at every frame."""
    frames = call.out[0] if call.layer.data_format == "channels_last" else call.out[-1]
    channels = call.came[-1] if call.layer.data_format == "channels_last" else call.came[0]
    return call.numbers("kernel") * size([frames, channels])


_PLAIN = (
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "SeparableConv1D",
    "SeparableConv2D",
)
FORMULAS: Mapping[str, Callable[[Call], int]] = {
    **dict.fromkeys(_PLAIN, convolution),
    **dict.fromkeys(("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"), transposed),
    **dict.fromkeys(("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"), recurrent),
    "STFTSpectrogram": spectrogram,
}
