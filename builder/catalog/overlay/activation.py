"""What is said by hand about layers that bend values one by one."""

from builder.catalog.entry import Entries, Entry

ENTRIES = Entries(
    {
        "Activation": Entry(
            "Applies one activation function by its name", takes_bool=False, start={"activation": "relu"}
        ),
        "ReLU": Entry(
            "Keeps positive numbers, sets the others to zero",
            takes_bool=False,
            params={"max_value": {"minimum": 0.0}, "negative_slope": {"minimum": 0.0}},
        ),
        "LeakyReLU": Entry(
            "Like ReLU, with a gentle slope below zero",
            takes_bool=False,
            params={"negative_slope": {"minimum": 0.0}},
        ),
        "PReLU": Entry("Like LeakyReLU, and the slope is learnt", takes_whole=False),
        "ELU": Entry("Smooth below zero, straight above", takes_whole=False),
        "Softmax": Entry("Turns scores into shares that add up to 1", (2, 5), takes_whole=False),
    }
)
