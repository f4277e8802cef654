"""What is said by hand about layers that turn raw columns, words and sounds into numbers."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.limits import LARGEST_VOCABULARY
from builder.catalog.spec import PortSpec, RelationSpec

INDEX_MODES = ("int", "one_hot", "multi_hot", "count")
LOOKUP_MODES = (*INDEX_MODES, "tf_idf")

ENTRIES = Entries(
    {
        "Rescaling": Entry(
            "Multiplies by a number, then adds one",
            start={"scale": 0.00392156862745098},
            params={
                "scale": {"kind": "json", "holds": "number_or_numbers"},
                "offset": {"kind": "json", "holds": "number_or_numbers"},
            },
        ),
        "Normalization": Entry(
            "Brings each column to mean 0 and spread 1",
            (2, None),
            params={
                "axis": {"kind": "ints", "nullable": True},
                "mean": {"kind": "json", "holds": "number_or_numbers", "nullable": True},
                "variance": {"kind": "json", "holds": "number_or_numbers", "nullable": True, "minimum": 0.0},
            },
        ),
        "Discretization": Entry(
            "Sorts numbers into bins",
            (1, None),
            start={"bin_boundaries": [0.0, 1.0]},
            params={
                "bin_boundaries": {"kind": "json", "holds": "numbers", "nullable": True, "basic": True},
                "num_bins": {"required": False, "nullable": True, "start": None},
                "output_mode": {"choices": INDEX_MODES},
            },
        ),
        "CategoryEncoding": Entry(
            "Turns class numbers into columns of 0 and 1",
            (1, 2),
            "int",
            start={"num_tokens": 10},
            params={
                "num_tokens": {"required": True, "nullable": False, "maximum": LARGEST_VOCABULARY},
                "output_mode": {"choices": ("multi_hot", "one_hot", "count")},
            },
        ),
        "Hashing": Entry(
            "Sorts words or numbers into a fixed number of bins",
            (1, None),
            "any",
            params={
                "mask_value": {"kind": "json", "holds": "text_or_number", "nullable": True},
                "output_mode": {"choices": INDEX_MODES},
            },
        ),
        "HashedCrossing": Entry(
            "Combines two columns into one set of bins",
            (1, 2),
            "any",
            ports=(PortSpec(name="inputs", many=True),),
            params={"output_mode": {"choices": ("int", "one_hot")}},
        ),
        "IntegerLookup": Entry(
            "Gives each known number its own index",
            (1, None),
            "int",
            start={"vocabulary": [1, 2, 3]},
            params={
                "vocabulary": {"kind": "json", "holds": "integers", "basic": True},
                "mask_token": {"kind": "int"},
                "oov_token": {"kind": "int"},
                "output_mode": {"choices": LOOKUP_MODES},
                "oov_method": {"kind": "choice", "choices": ("floormod", "farmhash")},
            },
            hide=frozenset({"vocabulary_dtype"}),
        ),
        "StringLookup": Entry(
            "Gives each known word its own index",
            (1, None),
            "string",
            start={"vocabulary": ["no", "yes"]},
            params={
                "vocabulary": {"kind": "json", "holds": "words", "basic": True},
                "output_mode": {"choices": LOOKUP_MODES},
            },
        ),
        "TextVectorization": Entry(
            "Turns sentences into word numbers",
            (1, 2),
            "string",
            start={"vocabulary": ["the", "a"], "output_sequence_length": 16},
            params={
                "vocabulary": {"kind": "json", "holds": "words", "basic": True},
                "standardize": {
                    "kind": "choice",
                    "nullable": True,
                    "choices": ("lower_and_strip_punctuation", "lower", "strip_punctuation"),
                },
                "split": {"kind": "choice", "nullable": True, "choices": ("whitespace", "character")},
                "ngrams": {"kind": "int", "nullable": True, "minimum": 1, "maximum": 10},
                "output_mode": {"choices": ("int", "multi_hot", "count", "tf_idf")},
            },
            hide=frozenset({"ragged"}),
        ),
        "STFTSpectrogram": Entry(
            "Turns a sound into a picture of its pitches",
            (3, 3),
            trainable=True,
            takes_whole=False,
            start={"mode": "magnitude", "frame_length": 16},
            relations=(
                RelationSpec(kind="at_most", argument="frame_length", other="fft_length"),
                RelationSpec(kind="at_most", argument="frame_step", other="frame_length"),
            ),
            params={
                "mode": {
                    "kind": "choice",
                    "choices": ("log", "magnitude", "psd", "real", "imag", "angle", "stft"),
                },
                "scaling": {"kind": "choice", "nullable": True, "choices": ("density", "spectrum")},
            },
        ),
        "MelSpectrogram": Entry(
            "Turns a sound into a picture as the ear hears it",
            (2, 2),
            relations=(RelationSpec(kind="at_most", argument="sequence_length", other="fft_length"),),
        ),
    }
)
