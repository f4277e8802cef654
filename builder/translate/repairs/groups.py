"""Deal channels into groups that come out even: fewer groups, or another number of channels before."""

from collections.abc import Iterator
from math import gcd

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or scene.issue.argument != "groups":
        return
    groups = node.params.get("groups", 32 if scene.type == "GroupNormalization" else 1)
    filters = node.params.get("filters")
    channels = scene.incoming[0].shape[-1] if scene.incoming and scene.incoming[0].shape else None
    if not isinstance(groups, int):
        return
    numbers = [number for number in (channels, filters) if isinstance(number, int) and number > 0]
    common = gcd(*numbers) if numbers else 1
    best = max((g for g in range(1, min(common, abs(groups)) + 1) if common % g == 0), default=1)
    for count in dict.fromkeys((best, 1)):
        yield set_values(scene, node, {"groups": count}, f"Deal into {count} group{'s' * (count > 1)}")
    yield from _rounded(scene, groups, filters, channels)


def _rounded(scene: Scene, groups: int, filters: object, channels: int | None) -> Iterator[Candidate]:
    """The numbers of channels rounded up to a multiple of the groups."""
    if scene.holder is None or groups < 1:
        return
    if isinstance(filters, int) and filters % groups:
        wanted = -(-filters // groups) * groups
        yield set_values(
            scene, scene.holder, {"filters": wanted}, f"Set {scene.holder.id} to {wanted} filters"
        )
    found = scene.sets_width(scene.incoming[0].edge.source) if scene.incoming else None
    if found and channels and channels % groups:
        node, name = found
        wanted = -(-channels // groups) * groups
        title = f"Set {node.id} to {wanted} {name}"
        yield set_values(scene, node, {name: wanted}, title, f"{groups} groups come out even then").sized(5)


GROUPS = Proposer(_propose)
