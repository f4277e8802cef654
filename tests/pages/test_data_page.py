"""Data: rows are looked at first; one click makes the ends of the network follow, and one takes it back."""

import pytest
from page_words import button, words

from builder.data import registry
from builder.runs.store import Store


@pytest.mark.parametrize("name", registry.names())
def test_every_set_is_shown_as_what_it_is(visit, name: str) -> None:
    at = visit("data")
    at.button_group[0].set_value(name).run()
    assert not at.exception
    card = registry.card(name)
    said = words(at)
    assert card.title in said
    assert "#### Split" in said
    assert ("#### Classes" in said) == bool(card.class_count)
    assert "Training" in said


def test_the_data_in_use_are_said_to_fit(visit) -> None:
    assert "It fits." in words(visit("data"))


def test_using_other_data_sets_both_ends_of_the_network_and_undo_brings_them_back(
    visit, store: Store
) -> None:
    at = visit("data")
    before = store.current_project("local")
    at.button_group[0].set_value("iris").run()
    assert "pixels: shape 4 instead of 64" in words(at).replace("\\", "")
    button(at, "Use this data").click().run()
    assert not at.exception
    after = store.current_project("local")
    assert before is not None
    assert after is not None
    project = after.project
    assert project.data is not None
    assert project.data.source == "iris"
    assert project.design.node("pixels").params["shape"] == [4]
    assert project.design.node("digit").params["units"] == 3
    assert project.design.node("hidden") == before.project.design.node("hidden")
    button(at, "Undo").click().run()
    back = store.current_project("local")
    assert back is not None
    assert back.project == before.project


def test_data_may_be_taken_without_changing_the_network(visit, store: Store) -> None:
    at = visit("data")
    before = store.current_project("local")
    at.button_group[0].set_value("wine").run()
    at.toggle[0].set_value(False).run()
    button(at, "Use this data").click().run()
    after = store.current_project("local")
    assert before is not None
    assert after is not None
    assert after.project.design == before.project.design
    assert after.project.data is not None
    assert after.project.data.source == "wine"
