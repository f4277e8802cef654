"""Handwritten digits as images of 8×8 pixels, values 0 to 16."""

from builder.data.dataset import Bundled, Card, Look, Rows, Task


def _read() -> Rows:
    from sklearn.datasets import load_digits

    loaded = load_digits()
    return loaded.data, loaded.target


DIGITS = Bundled(
    Card(
        name="digits",
        title="Digits",
        summary="Handwritten digits as small grey images",
        task=Task.CLASSIFICATION,
        look=Look.IMAGES,
        rows=1797,
        feature_names=tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8)),
        target_name="digit",
        class_names=tuple("0123456789"),
        value_range=(0, 16),
        target_range=(0, 9),
        image_shape=(8, 8),
        source="Alpaydin and Kaynak 1998, Optical Recognition of Handwritten Digits (UCI), with scikit-learn",
        licence="CC BY 4.0",
    ),
    _read,
)
