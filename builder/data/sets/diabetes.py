"""How far diabetes has gone after a year, by age, body and blood; values as measured."""

from builder.data.dataset import Bundled, Card, Look, Rows, Task


def _read() -> Rows:
    from sklearn.datasets import load_diabetes

    loaded = load_diabetes(scaled=False)
    return loaded.data, loaded.target


DIABETES = Bundled(
    Card(
        name="diabetes",
        title="Diabetes",
        summary="Progression after a year, by age, body and blood",
        task=Task.REGRESSION,
        look=Look.TABLE,
        rows=442,
        feature_names=("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"),
        target_name="progression",
        value_range=(0, 301),
        target_range=(25, 346),
        source="Efron, Hastie, Johnstone and Tibshirani 2004, Least Angle Regression, with scikit-learn",
        licence="distributed with scikit-learn (BSD-3-Clause)",
    ),
    _read,
)
