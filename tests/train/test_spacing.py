from builder.train import spacing
from builder.train.spacing import next_spaced, superfluous


def test_kept_epochs_grow_ever_further_apart() -> None:
    epochs = [1]
    while epochs[-1] < 100:
        epochs.append(next_spaced(epochs[-1]))
    assert epochs[:7] == [1, 2, 3, 4, 6, 8, 11] and len(epochs) < 16


def test_what_was_asked_for_the_best_and_the_last_stay_whatever_must_go() -> None:
    kept = dict.fromkeys(range(1, 31), "spaced") | {7: "asked", 19: "best"}
    gone = superfluous(kept, 1000)
    left = sorted(set(kept) - set(gone))
    assert len(left) == spacing.MOST and {7, 19, 30} <= set(left)
    assert left[0] <= 2, "the beginning is not forgotten"


def test_large_networks_keep_few_epochs() -> None:
    kept = dict.fromkeys(range(1, 11), "spaced")
    gone = superfluous(kept, spacing.BUDGET_BYTES // 4)
    assert len(kept) - len(gone) == 4
    assert superfluous(dict.fromkeys(range(20), "asked"), 10**9) == []
