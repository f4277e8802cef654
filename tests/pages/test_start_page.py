"""The first visit: something is ready, and one click trains it."""

import time

from page_words import button, mounted, words

from builder.project.templates import templates
from builder.runs.store import Store
from builder.train import launch


def test_a_stranger_finds_the_digits_network_ready_with_its_counts(visit) -> None:
    at = visit("start")
    assert "A network for handwritten digits is ready." in words(at)
    assert "4\u2009810 parameters" in words(at)
    drawing = mounted(at, "picture")[0]["svg"]
    for name in ("pixels", "scale", "hidden", "digit"):
        assert f">{name}<" in drawing


def test_train_it_starts_a_real_run_and_leads_to_its_curves(visit, store: Store) -> None:
    at = visit("start")
    button(at, "Train it").click().run()
    assert not at.exception
    runs = store.runs(None)
    assert len(runs) == 1
    assert mounted(at, "builder.live")[0]["runs"] == [{"id": runs[0].id, "label": "run 1"}]
    launch.stop(store, runs[0].id)
    deadline = time.monotonic() + 100
    while not store.run(runs[0].id).ended and time.monotonic() < deadline:
        time.sleep(0.2)
    assert store.run(runs[0].id).ended


def test_every_template_is_offered_and_opens_as_a_project_of_its_own(visit, store: Store) -> None:
    at = visit("start")
    for ready in templates():
        assert f"**{ready.title}**" in words(at)
    at.button(key="start.open.cnn-digits").click().run()
    assert not at.exception
    names = [record.project.name for record in store.projects(None)]
    assert len(names) == 2, "the digits project is still there"
    current = store.current_project("local")
    assert current is not None
    assert current.project.design == next(t for t in templates() if t.name == "cnn-digits").project.design


def test_templates_are_narrowed_by_the_kind_of_data(visit) -> None:
    at = visit("start")
    at.button_group(key="start.look").set_value("Points").run()
    said = words(at)
    assert "**Perceptron**" in said
    assert "**Small CNN**" not in said


def test_an_empty_canvas_begins_a_project_and_keeps_the_old_one(visit, store: Store) -> None:
    at = visit("start")
    button(at, "Empty canvas").click().run()
    assert not at.exception
    current = store.current_project("local")
    assert current is not None
    assert current.project.design.nodes == ()
    assert len(store.projects("local")) == 2


def test_what_was_drawn_before_is_offered_again(visit, store: Store) -> None:
    at = visit("start")
    first = store.current_project("local")
    at.button(key="start.open.perceptron").click().run()
    at = visit("start")
    assert "### Your networks" in words(at)
    assert first is not None
    at.button(key=f"start.project.{first.id}").click().run()
    now = store.current_project("local")
    assert now is not None
    assert now.id == first.id


def test_a_deleted_network_is_gone_and_undo_brings_it_back(visit, store: Store) -> None:
    at = visit("start")
    first = store.current_project("local")
    at.button(key="start.open.perceptron").click().run()
    at = visit("start")
    assert first is not None
    at.button(key=f"start.delete.{first.id}").click().run()
    assert not at.exception
    assert [kept.project.name for kept in store.projects("local")] == ["gauss-perceptron"]
    at.button(key="start.undelete").click().run()
    assert not at.exception
    assert sorted(kept.project.name for kept in store.projects("local")) == sorted(
        ["gauss-perceptron", first.project.name]
    )
