"""What can be asked of a run that is at work? Each order is a command that its worker takes within a second."""

from pydantic import JsonValue

from builder.runs.store import Store


def pause(store: Store, run_id: str, owner: str) -> None:
    """Hold between two steps until "resume"."""
    store.command(run_id, "pause", owner)


def resume(store: Store, run_id: str, owner: str) -> None:
    """Go on."""
    store.command(run_id, "resume", owner)


def keep(store: Store, run_id: str, owner: str) -> None:
    """Keep the epoch under way when it ends."""
    store.command(run_id, "checkpoint", owner)


def change(store: Store, run_id: str, owner: str, setting: str, node: str | None, value: JsonValue) -> None:
    """Give a setting another value from now, or from the next epoch, on."""
    store.command(run_id, "set", owner, {"setting": setting, "node": node, "value": value})
