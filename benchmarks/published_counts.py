"""Do parameters and FLOPs agree with Keras, with what was published, and with TensorFlow's own profiler?

`python benchmarks/published_counts.py`. ResNet50, MobileNetV2 and VGG16 from keras.applications (random weights) become
designs; their counts come from the check. The profiler counts what TensorFlow runs.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracle"))

from keras_designs import design_from

from builder.translate.ghost import check

PUBLISHED = {
    "ResNet50": (25_636_712, 3.8e9, "He et al. 2015, table 1"),
    "MobileNetV2": (3_538_984, 300e6, "Sandler et al. 2018, table 4"),
    "VGG16": (138_357_544, 15.5e9, "Canziani et al. 2016; 15 470 264 320 from the layers' sizes"),
}
"""Parameters as keras.io lists them, multiply-adds as published, and where."""
_COUNTED = ("Conv2D", "DepthwiseConv2dNative", "MatMul", "BatchMatMulV2")


def profiled(model: object) -> int:
    """Multiply-adds of convolutions and products in one row's forward pass, counted by TensorFlow's profiler."""
    import tensorflow as tf

    shape = [1, *model.input_shape[1:]]
    traced = tf.function(lambda x: model(x, training=False)).get_concrete_function(tf.TensorSpec(shape))
    options = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation()
    found = tf.compat.v1.profiler.profile(traced.graph, cmd="op", options={**options, "output": "none"})
    return sum(child.float_ops for child in _flat(found) if child.name in _COUNTED) // 2


def _flat(node: object) -> list[object]:
    """The nodes of the profiler's list of kinds, each of which holds what comes after it."""
    return [node] + [each for child in node.children for each in _flat(child)]


def main() -> None:
    """Print the table."""
    import keras

    columns = ("parameters", "Keras", "multiply-adds", "of products", "profiler")
    print(f"{'network':12}", *(f"{column:>15}" for column in columns), " published")
    for name, (params, adds, source) in PUBLISHED.items():
        model = getattr(keras.applications, name)(weights=None)
        report = check(design_from(model))
        assert report.ok, report.issues
        assert report.totals.params == model.count_params() == params
        counted = report.totals.flops // 2
        norms = sum(
            node.flops // 2
            for layer, node in report.nodes.items()
            if type(model.get_layer(layer)).__name__ == "BatchNormalization"
        )
        figures = (report.totals.params, model.count_params(), counted, counted - norms, profiled(model))
        print(f"{name:12}", *(f"{figure:>15}" for figure in figures), f" {adds:.3g} ({source})", flush=True)


if __name__ == "__main__":
    main()
