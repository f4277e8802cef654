"""What is said by hand about layers that read a sequence step by step."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.spec import PortSpec

SEQUENCE = (PortSpec(name="sequences"), PortSpec(name="initial_state", many=True, optional=True))
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
ONE_STATE = ("output", "state")
TWO_STATES = ("output", "state_h", "state_c")
STEPWISE = (
    "Dense", "EinsumDense", "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "Conv1D",
    "Conv2D", "Conv1DTranspose", "Conv2DTranspose", "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D",
    "SeparableConv2D", "MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D",
    "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D",
    "BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization",
    "UnitNormalization", "Dropout", "GaussianDropout", "GaussianNoise", "AlphaDropout", "Flatten",
    "Reshape", "Permute", "RepeatVector", "ZeroPadding1D", "ZeroPadding2D", "Cropping1D", "Cropping2D",
    "UpSampling1D", "UpSampling2D", "Rescaling", "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional",
    "SpectralNormalization", "TimeDistributed",
)  # fmt: skip

ENTRIES = Entries(
    {
        "LSTM": Entry("Reads a sequence with a long memory", (3, 3), ports=SEQUENCE, outputs=TWO_STATES),
        "GRU": Entry("Reads a sequence; a lighter LSTM", (3, 3), ports=SEQUENCE, outputs=ONE_STATE),
        "SimpleRNN": Entry("Reads a sequence with a short memory", (3, 3), ports=SEQUENCE, outputs=ONE_STATE),
        "ConvLSTM1D": Entry(
            "An LSTM that reads a series of rows",
            (4, 4),
            takes_whole=False,
            ports=SEQUENCE,
            outputs=TWO_STATES,
        ),
        "ConvLSTM2D": Entry(
            "An LSTM that reads a series of images",
            (5, 5),
            takes_whole=False,
            ports=SEQUENCE,
            outputs=TWO_STATES,
        ),
        "ConvLSTM3D": Entry(
            "An LSTM that reads a series of volumes",
            (6, 6),
            takes_whole=False,
            ports=SEQUENCE,
            outputs=TWO_STATES,
        ),
        "RNN": Entry(
            "Reads a sequence with a cell of your choice",
            (3, 3),
            ports=SEQUENCE,
            trainable=True,
            start={"cell": {"type": "LSTMCell", "params": {"units": 32}}},
        ),
        "Bidirectional": Entry(
            "Reads a sequence forwards and backwards",
            (3, 6),
            ports=SEQUENCE,
            trainable=True,
            start={"layer": {"type": "LSTM", "params": {"units": 32}}},
            params={
                "layer": {"choices": RECURRENT},
                "backward_layer": {"choices": RECURRENT},
                "merge_mode": {"choices": ("concat", "sum", "mul", "ave"), "nullable": False},
            },
        ),
        "TimeDistributed": Entry(
            "Uses one layer on every time step",
            (3, 6),
            trainable=True,
            start={"layer": {"type": "Dense", "params": {"units": 32}}},
            params={"layer": {"choices": STEPWISE, "holds": "network"}},
        ),
    }
)
