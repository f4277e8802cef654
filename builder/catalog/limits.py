"""How large may one argument be, and why?

A limit here catches slips of the hand (`units` of 10^9) and names the argument. What a whole network may cost is
decided from its parameters and activations by whoever checks it; these limits are far above anything that trains.
"""

LARGEST_WIDTH = 1_000_000
"""Units, filters and features: one row of float32 is then 4 MB; the widest published layers have under 300 000."""
LARGEST_VOCABULARY = 10_000_000
"""Rows of an embedding or table of words: the largest published vocabularies have about a million."""
LARGEST_KERNEL = 10_000
"""Steps of a window, its stride or its gaps: no image here has more pixels on a side."""
LARGEST_SIDE = 16_384
"""Pixels on a side of an image made by cropping or resizing: 16 384 squared is already 3.2 GB in float32."""
LARGEST_REPEAT = 100_000
"""Copies, enlargements, borders: 100 000 copies of a row of 100 numbers are 40 MB for one sample."""
LARGEST_HEADS = 4_096
"""Attention heads: the largest published models have under 200."""
LARGEST_AXIS = 10_000_000
"""One entry of a shape: ten million float32 are 40 MB for one sample."""
LARGEST_INPUT = LARGEST_AXIS
LARGEST_SAMPLE = 100_000_000
"""All entries of a shape multiplied: 400 MB for one sample."""
LARGEST_RANK = 10
"""Entries of a shape: TensorFlow's kernels stop at 8 axes or before."""
LARGEST_LIST = 100_000
"""Entries of a vocabulary or list of numbers: the whole design must stay a small file."""
LARGEST_TEXT = 10_000
"""Characters of a text."""
LARGEST_SEED = 2**31 - 1
"""Seeds fit 32 bits on every backend."""
LARGEST_FLOAT = 3.4e38
"""What float32 can hold."""
MOST_CELLS = 100
"""Recurrent cells on top of each other: published networks have under 20."""
MOST_STRANGERS = 20
"""Unknown arguments that are named; who has more has pasted something else, and each guess takes 0.1 ms."""
DEEPEST = 4
"""Objects within objects: TimeDistributed(Bidirectional(LSTM(regularizer))) needs three."""
