"""Tumours, malignant or benign, by thirty measurements of cell nuclei."""

from builder.data.dataset import Bundled, Card, Look, Rows, Task

MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)


def _read() -> Rows:
    from sklearn.datasets import load_breast_cancer

    loaded = load_breast_cancer()
    return loaded.data, loaded.target


BREAST_CANCER = Bundled(
    Card(
        name="breast_cancer",
        title="Breast cancer",
        summary="Tumours, malignant or benign, by their cells",
        task=Task.CLASSIFICATION,
        look=Look.TABLE,
        rows=569,
        feature_names=(
            *(f"mean {measure}" for measure in MEASURES),
            *(f"{measure} error" for measure in MEASURES),
            *(f"worst {measure}" for measure in MEASURES),
        ),
        target_name="diagnosis",
        class_names=("malignant", "benign"),
        value_range=(0, 4254),
        target_range=(0, 1),
        source="Wolberg and others 1993, Breast Cancer Wisconsin Diagnostic (UCI), with scikit-learn",
        licence="CC BY 4.0",
    ),
    _read,
)
