"""Does a model reach the disk whole, or not at all?"""

import numpy as np
import pytest
from drawings import chain

from builder.translate.keras_model import build_model
from builder.translate.model_files import save_model


def test_a_saved_model_is_the_same_when_it_is_read_again(tmp_path):
    import keras

    model = build_model(chain([3], ("Dense", {"units": 4, "activation": "relu"}), ("Dense", {"units": 2})))
    save_model(model, tmp_path / "deep" / "model.keras")
    x = np.linspace(-1, 1, 12, dtype="float32").reshape(4, 3)
    assert np.array_equal(keras.models.load_model(tmp_path / "deep" / "model.keras")(x), model(x))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["model.keras"]


def test_a_failed_save_leaves_the_old_file_whole(tmp_path):
    class Breaking:
        def save(self, path):
            path.write_bytes(b"half")
            raise OSError("No space left on device")

    old = tmp_path / "model.keras"
    old.write_bytes(b"whole")
    with pytest.raises(OSError, match="No space"):
        save_model(Breaking(), old)
    assert old.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["model.keras"]
