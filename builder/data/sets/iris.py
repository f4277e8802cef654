"""Three kinds of iris by the size of their leaves, in centimetres."""

from builder.data.dataset import Bundled, Card, Look, Rows, Task


def _read() -> Rows:
    from sklearn.datasets import load_iris

    loaded = load_iris()
    return loaded.data, loaded.target


IRIS = Bundled(
    Card(
        name="iris",
        title="Iris",
        summary="Three kinds of iris by four lengths",
        task=Task.CLASSIFICATION,
        look=Look.TABLE,
        rows=150,
        feature_names=("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
        target_name="species",
        class_names=("setosa", "versicolor", "virginica"),
        value_range=(0.1, 7.9),
        target_range=(0, 2),
        source="Fisher 1936, Iris (UCI), with scikit-learn",
        licence="CC BY 4.0",
    ),
    _read,
)
