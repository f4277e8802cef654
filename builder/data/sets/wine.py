"""Wines of three growers by their chemistry; ranges differ by a factor of a thousand."""

from builder.data.dataset import Bundled, Card, Look, Rows, Task


def _read() -> Rows:
    from sklearn.datasets import load_wine

    loaded = load_wine()
    return loaded.data, loaded.target


WINE = Bundled(
    Card(
        name="wine",
        title="Wine",
        summary="Wines of three growers by their chemistry",
        task=Task.CLASSIFICATION,
        look=Look.TABLE,
        rows=178,
        feature_names=(
            "alcohol",
            "malic_acid",
            "ash",
            "alcalinity_of_ash",
            "magnesium",
            "total_phenols",
            "flavanoids",
            "nonflavanoid_phenols",
            "proanthocyanins",
            "color_intensity",
            "hue",
            "od280/od315_of_diluted_wines",
            "proline",
        ),
        target_name="grower",
        class_names=("class_0", "class_1", "class_2"),
        value_range=(0.13, 1680),
        target_range=(0, 2),
        source="Aeberhard and Forina 1992, Wine (UCI), with scikit-learn",
        licence="CC BY 4.0",
    ),
    _read,
)
