"""Who does a step: one device, or each of several with its share of the batch? On TensorFlow, inside a graph."""

from collections.abc import Callable
from typing import Any

OneStep = Callable[[Any], Any]
"""Row numbers of a batch, to what the step comes to."""
Shared = Callable[[OneStep, Any], list[Any]]
"""A step and the rows of a batch, to what it comes to on each device."""


def one_device(step: OneStep, rows: Any) -> list[Any]:
    """The whole batch where the model is."""
    return [step(rows)]


def each_share(strategy: Any, step: OneStep, rows: Any) -> list[Any]:
    """Every device takes each n-th row; where there are fewer rows than devices, some rows are taken twice."""
    import tensorflow as tf

    def on_replica(all_rows: Any) -> Any:
        replica = tf.distribute.get_replica_context()
        count, number = tf.shape(all_rows)[0], replica.num_replicas_in_sync
        places = tf.range(replica.replica_id_in_sync_group, tf.maximum(count, number), number)
        return step(tf.gather(all_rows, places % count))

    return list(strategy.experimental_local_results(strategy.run(on_replica, (rows,))))
