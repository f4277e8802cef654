"""Train: settings are kept as they are set; Train is off, with the reason, while the network cannot learn."""

from page_words import button, mounted, number, words

from builder.design.document import Design, Node
from builder.project.document import Project
from builder.project.optimizers import Optimizer
from builder.runs import layers
from builder.runs.layers import LayerFigures, Look
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.ui import services


def project_of(store: Store) -> Project:
    current = store.current_project("local")
    assert current is not None
    return current.project


def test_before_the_first_run_the_page_says_what_to_do(visit) -> None:
    at = visit("train")
    assert "Nothing has run yet. The settings are fine as they are: press Train." in words(at)
    assert not button(at, "Train").disabled
    assert not mounted(at, "builder.live")


def test_every_setting_is_stored_as_soon_as_it_is_set(visit, store: Store) -> None:
    at = visit("train")
    number(at, "Epochs").set_value(33).run()
    number(at, "Batch size").set_value(16).run()
    number(at, "Seed").set_value(7).run()
    number(at, "Learning rate").set_value(0.02).run()
    at.slider[0].set_value(25).run()
    at.toggle[0].set_value(True).run()
    number(at, "Patience, epochs").set_value(4).run()
    assert not at.exception
    project = project_of(store)
    training = project.training
    assert (training.epochs, training.batch_size, training.seed) == (33, 16, 7)
    assert training.optimizer.params["learning_rate"] == 0.02
    assert training.early_stopping is not None
    assert training.early_stopping.patience == 4
    assert project.data is not None
    assert (project.data.split.train, project.data.split.validation) == (0.6, 0.25)


def test_the_rate_can_be_told_to_fall_when_it_stalls(visit, store: Store) -> None:
    at = visit("train")
    at.toggle[1].set_value(True).run()
    number(at, "Times").set_value(0.2).run()
    number(at, "After epochs").set_value(3).run()
    assert not at.exception
    rule = project_of(store).training.reduce_lr
    assert rule is not None
    assert (rule.factor, rule.patience) == (0.2, 3)
    at.toggle[1].set_value(False).run()
    assert project_of(store).training.reduce_lr is None


def test_each_optimizer_brings_its_own_fields_and_rate(visit, store: Store) -> None:
    at = visit("train")
    at.selectbox[0].set_value(Optimizer.SGD).run()
    number(at, "Momentum").set_value(0.9).run()
    assert project_of(store).training.optimizer.model_dump(mode="json") == {
        "type": "SGD",
        "params": {"learning_rate": 0.01, "momentum": 0.9},
    }
    at.selectbox[0].set_value(Optimizer.ADAMW).run()
    assert number(at, "Weight decay").value == 0.004
    assert project_of(store).training.optimizer.type is Optimizer.ADAMW


def test_settings_outlive_a_reload(visit) -> None:
    number(visit("train"), "Epochs").set_value(44).run()
    assert number(visit("train"), "Epochs").value == 44


def test_a_network_with_a_fault_says_so_and_train_is_off(visit, store: Store) -> None:
    nodes = (
        Node(id="in", type="InputLayer", params={"shape": [64]}),
        Node(id="x", type="Dense", params={"units": 0}),
    )
    record = store.save_project("local", Project(name="broken", design=Design(name="broken", nodes=nodes)))
    store.set_current_project("local", record.id)
    at = visit("train")
    assert button(at, "Train").disabled
    assert "units" in words(at)
    assert "Nothing has run yet. Mend what is said above, then press Train." in words(at)


def test_a_network_that_does_not_fit_its_data_says_why_before_training(visit, store: Store) -> None:
    project = project_of_first(visit, store)
    data = project.data
    assert data is not None
    changed = project.model_copy(update={"data": data.model_copy(update={"source": "iris", "target": None})})
    record = store.save_project("local", changed, store.current_project("local").id)
    assert record.project.data.source == "iris"
    at = visit("train")
    assert button(at, "Train").disabled
    said = words(at)
    assert "64" in said
    assert "4" in said


def project_of_first(visit, store: Store) -> Project:
    visit("start")
    return project_of(store)


def test_a_cold_engine_keeps_nobody_waiting_and_train_looks_again(visit, store: Store, monkeypatch) -> None:
    from concurrent.futures import Future

    class Cold:
        state = "starting"

        def submit(self, owner: str, request: dict) -> Future:
            return Future()

    monkeypatch.setattr(services, "engine", Cold)
    at = visit("train")
    assert not button(at, "Train").disabled
    assert not at.error


def test_limits_are_told_beside_the_fields_before_they_bite(visit, store: Store, monkeypatch) -> None:
    assert "at most" not in words(visit("train"))
    monkeypatch.setenv("LAYERLOOM_MAX_EPOCHS", "1000")
    monkeypatch.setenv("LAYERLOOM_MAX_MINUTES", "30")
    monkeypatch.setenv("LAYERLOOM_RUNS_PER_PERSON", "2")
    at = visit("train")
    assert ":gray[:small[at most 1\u2009000 here]]" in words(at)
    assert "A run may train for 30 min 0 s here. 2 runs of each person at once" in words(at)
    number(at, "Epochs").set_value(2000).run()
    assert ":orange[:small[at most 1\u2009000 here]]" in words(at)
    button(at, "Train").click().run()
    assert "Set epochs to 1000 or fewer." in words(at).replace("\\", "")
    assert store.runs(None) == []


def test_the_layers_of_a_run_are_told_once_they_were_looked_at(visit, store: Store) -> None:
    visit("train")
    run = store.create_run("local", project_of(store))
    store.update_run(run.id, state=RunState.STARTING)
    store.update_run(run.id, state=RunState.FINISHED)
    assert "Usual updates" not in words(visit("train"))
    figures = LayerFigures(update_ratio=0.00278, dead=0.25, units=16)
    layers.write_newest(run.id, Look(seq=1, at=3, rows=256, layers={"hidden": figures}))
    at = visit("train")
    assert not at.exception
    assert "Epoch 3, on 256 training rows." in words(at)
    assert list(at.dataframe[0].value.iloc[0])[:3] == ["hidden", "", "0.28 %"]
