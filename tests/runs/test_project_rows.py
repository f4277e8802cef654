import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.errors import NotFound
from builder.project.document import Project
from builder.runs.project_rows import VERSIONS_KEPT, StaleProject
from builder.runs.store import Store


def named(name: str) -> Project:
    return Project(name=name)


def test_a_saved_project_comes_back_and_its_revision_grows(store: Store) -> None:
    first = store.save_project("ann", named("a"))
    second = store.save_project("ann", named("b"), first.id, base=first.rev)
    assert (first.rev, second.rev, store.project(first.id, "ann").project.name) == (1, 2, "b")


def test_saving_the_same_twice_changes_nothing(store: Store) -> None:
    first = store.save_project("ann", named("a"))
    second = store.save_project("ann", named("b"), first.id, base=1)
    assert store.save_project("ann", named("b"), first.id, base=1) == second


def test_a_late_save_is_kept_beside_the_newer_one(store: Store) -> None:
    saved = store.save_project("ann", named("a"))
    current = store.save_project("ann", named("mine"), saved.id, base=1)
    for _ in range(2):
        with pytest.raises(StaleProject, match="Both versions are kept") as caught:
            store.save_project("ann", named("theirs"), saved.id, base=1)
    assert caught.value.current == current
    (version,) = store.versions(saved.id, "ann")
    assert (version.id, version.base, version.project.name) == (caught.value.version_id, 1, "theirs")
    assert store.project(saved.id).project.name == "mine"


def test_the_person_chooses_one_version_and_drops_the_other(store: Store) -> None:
    saved = store.save_project("ann", named("a"))
    store.save_project("ann", named("mine"), saved.id, base=1)
    with pytest.raises(StaleProject) as caught:
        store.save_project("ann", named("theirs"), saved.id, base=1)
    chosen = store.versions(saved.id, "ann")[0]
    store.save_project("ann", chosen.project, saved.id, base=caught.value.current.rev)
    store.drop_version(chosen.id, "bob")
    assert len(store.versions(saved.id)) == 1
    store.drop_version(chosen.id, "ann")
    assert (store.project(saved.id).project.name, store.versions(saved.id)) == ("theirs", [])


def test_second_versions_do_not_pile_up(store: Store) -> None:
    saved = store.save_project("ann", named("a"))
    store.save_project("ann", named("b"), saved.id, base=1)
    for number in range(VERSIONS_KEPT + 3):
        with pytest.raises(StaleProject):
            store.save_project("ann", named(f"late {number}"), saved.id, base=1)
    kept = store.versions(saved.id)
    assert (len(kept), kept[0].project.name) == (VERSIONS_KEPT, f"late {VERSIONS_KEPT + 2}")


def test_foreign_and_missing_projects_sound_the_same(store: Store) -> None:
    saved = store.save_project("ann", named("a"))
    told = set()
    for asked in (saved.id, "0123456789abcdef"):
        for ask in (
            lambda asked=asked: store.project(asked, "bob"),
            lambda asked=asked: store.versions(asked, "bob"),
            lambda asked=asked: store.delete_project(asked, "bob"),
            lambda asked=asked: store.set_current_project("bob", asked),
            lambda asked=asked: store.save_project("bob", named("b"), asked),
        ):
            with pytest.raises(NotFound) as caught:
                ask()
            told.add(str(caught.value).replace(asked, "ID"))
    assert len(told) == 1
    assert store.projects("bob") == []


def test_the_open_project_is_remembered_until_it_is_deleted(store: Store) -> None:
    assert store.current_project("ann") is None
    saved = store.save_project("ann", named("a"))
    store.set_current_project("ann", saved.id)
    assert store.current_project("ann") == saved
    assert store.current_project("bob") is None
    store.delete_project(saved.id, "ann")
    assert store.current_project("ann") is None


def test_projects_are_listed_with_the_latest_change_first(store: Store) -> None:
    first, second = (store.save_project("ann", named(name)) for name in "ab")
    store.save_project("ann", named("c"), first.id)
    assert [record.id for record in store.projects("ann")] == [first.id, second.id]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6), st.text("abc", min_size=1, max_size=2)), max_size=12))
def test_no_save_is_ever_lost(store: Store, saves: list[tuple[int, str]]) -> None:
    record = store.save_project("ann", named("start"))
    stored = {"start"}
    for base, name in saves:
        try:
            record = store.save_project("ann", named(name), record.id, base=base)
        except StaleProject as stale:
            assert stale.current == record
            late = next(version for version in store.versions(record.id) if version.id == stale.version_id)
            assert late.project.name == name
        else:
            stored.add(name)
            assert record.project.name == name
    assert store.project(record.id).project.name in stored
