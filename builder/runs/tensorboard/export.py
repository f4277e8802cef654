"""How does a run look as event files, so that TensorBoard and other people's tools can show it?

Two folders, as `keras.callbacks.TensorBoard` names them: `train` and `validation`, each with tags `epoch_loss`,
`epoch_accuracy` …, at the number of completed epochs (0: measured before training). In `train` beside these
`batch_loss` at the number of steps, what happened in words (`events`), the settings (`hyperparameters`), and the layers
where they were looked at.
`epoch_loss` is the clean value, `epoch_keras_loss` is what Keras' own callback calls `epoch_loss`.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping

from builder.runs.records import Event, EventKind, RunRecord, Values
from builder.runs.store import Store
from builder.runs.tensorboard import messages
from builder.runs.tensorboard.framing import framed
from builder.runs.tensorboard.layers import layer_messages

TRAIN, VALIDATION = "train", "validation"
CHUNK = 5000
"""Events that are read at once: a run of 100 000 epochs does not lie in memory as a whole."""
Parts = dict[str, list[bytes]]
"""Messages by folder."""


def event_files(store: Store, run: RunRecord) -> dict[str, bytes]:
    """Event files of the run by their relative path; nothing in a path was typed by a person.

    `validation` is missing where no rows were held back for it.

    Args:
        store: Where the events are.
        run: Read just before, with its owner checked.
    """
    files = {TRAIN: framed([messages.opening(run.created_at), _settings(run)])}
    steps = _Steps(run.steps_per_epoch or 1)
    for events in _chunks(store, run.id):
        for folder, written in _messages(events, steps).items():
            if written:
                before = files.get(folder) or framed([messages.opening(run.created_at)])
                files[folder] = before + framed(written)
    files[TRAIN] += framed(list(layer_messages(run)))
    name = f"events.out.tfevents.{int(run.created_at)}.layerloom"
    return {f"{folder}/{name}": content for folder, content in files.items()}


def zipped(store: Store, run: RunRecord) -> bytes:
    """The same files in one archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for path, content in event_files(store, run).items():
            writer.writestr(path, content)
    return archive.getvalue()


class _Steps:
    """Counts the steps of a run over its epochs; never back, also where the batch size was changed meanwhile."""

    def __init__(self, per_epoch: int) -> None:
        self._per_epoch, self._reached = per_epoch, 0

    def at(self, event: Event) -> int:
        self._reached = max(
            self._reached, (max(1, event.epoch or 1) - 1) * self._per_epoch + (event.step or 0)
        )
        return self._reached


def _chunks(store: Store, run_id: str) -> Iterator[list[Event]]:
    after = 0
    while events := store.events(run_id, after, CHUNK):
        yield events
        after = events[-1].seq


def _messages(events: list[Event], steps: _Steps) -> Parts:
    parts: Parts = {TRAIN: [], VALIDATION: []}
    for event in events:
        step = steps.at(event) if event.kind is EventKind.BATCH else 0
        for folder, message in _WRITERS.get(event.kind, _happening)(event, step):
            parts[folder].append(message)
    return parts


def _epoch(event: Event, _: int) -> Iterator[tuple[str, bytes]]:
    """Values without and with `val_` go to different folders under the same tags, so that they share a plot."""
    held_back = {
        name.removeprefix("val_"): value for name, value in event.values.items() if _is_validation(name)
    }
    training = {name: value for name, value in event.values.items() if not _is_validation(name)}
    for folder, values in ((TRAIN, training), (VALIDATION, held_back)):
        if values:
            yield folder, messages.scalars(event.at, event.epoch or 0, _tagged("epoch", values))


def _batch(event: Event, step: int) -> Iterator[tuple[str, bytes]]:
    names = {"steps_per_s": "steps_per_second"}  # as Keras' callback says it
    values = {names.get(name, name): value for name, value in event.values.items()}
    if values:
        yield TRAIN, messages.scalars(event.at, step, _tagged("batch", values))


def _happening(event: Event, _: int) -> Iterator[tuple[str, bytes]]:
    if event.text:
        yield TRAIN, messages.text(event.at, event.epoch or 0, "events", _as_code(event.text))


_WRITERS: Mapping[EventKind, Callable[[Event, int], Iterator[tuple[str, bytes]]]] = {
    EventKind.EPOCH: _epoch,
    EventKind.BATCH: _batch,
}


def _is_validation(name: str) -> bool:
    return name.startswith("val_")


def _tagged(prefix: str, values: Values) -> Values:
    return {f"{prefix}_{name}": value for name, value in values.items()}


def _settings(run: RunRecord) -> bytes:
    """What the run was started with: its project without the drawing."""
    told = run.project.model_dump(mode="json", exclude={"design", "format"}, exclude_none=True)
    if run.live:
        told["changed while it ran"] = run.live
    return messages.text(
        run.created_at, 0, "hyperparameters", _as_code(json.dumps(told, indent=1, ensure_ascii=False))
    )


def _as_code(words: str) -> str:
    """An indented block: whatever a person typed as a name stays plain text in it."""
    return "\n".join(f"    {line}" for line in words.splitlines())
