"""Five kills, one of each kind, on one run that goes on after each: it ends as if nothing had happened."""

import random

from killing import Killer, begun, epochs, finished, lost, noisy

from builder.runs.records import RunState
from builder.runs.store import Store

EPOCHS = 600


def test_a_run_that_was_killed_five_times_equals_one_that_never_was(store: Store) -> None:
    whole = finished(store, begun(store, noisy(EPOCHS))).id
    run_id = begun(store, noisy(EPOCHS))
    killer = Killer(store, run_id, random.Random(4))
    done = []
    for name, kill in killer.kinds.items():
        if kill():
            done.append(name)
        killer.go_on()
    assert done == list(killer.kinds), "each was killed while the run was at work"
    assert finished(store, run_id).state is RunState.FINISHED
    assert lost(store, run_id, whole) == []
    assert [epoch for epoch, _ in epochs(store, run_id)] == list(range(EPOCHS + 1))
    assert len(store.runs(None)) == 2, "none was doubled"
