"""How are numbers written for people? With thin spaces, few digits and a unit, the same on every page."""

THIN = "\u2009"
MINUS = "\u2212"


def count(number: int) -> str:
    """`4 640` in full up to 9 999, then `12.3 k`, `4.2 M`, `1.1 G`."""
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(number) >= limit:
            return f"{number / (1e3 if unit == 'k' else limit):.1f} {unit}"
    return f"{number:,}".replace(",", THIN).replace("-", MINUS)


def percent(share: float, rows: int) -> str:
    """`96.7 %`; one decimal from 100 rows on, because fewer rows do not carry it."""
    return f"{share * 100:.{1 if rows >= 100 else 0}f} %"


def loss(value: float) -> str:
    """Three significant digits."""
    return f"{value:.3g}".replace("-", MINUS)


def loss_within(mean: float, spread: float) -> str:
    """`0.115 ± 0.008`: the mean with three significant digits, its spread with as many decimals."""
    shown = loss(mean)
    if "e" in shown:
        return f"{shown} ± {loss(spread)}"
    return f"{shown} ± {spread:.{len(shown.partition('.')[2])}f}"


def seconds(value: float) -> str:
    """`0.4 s`, `8 s`, `2 min 10 s`, `1 h 4 min`."""
    if value < 10:
        return f"{value:.1f} s"
    whole = round(value)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def size(size_bytes: float) -> str:
    """`640 B`, `28.5 kB`, `1.2 MB`, `3.4 GB`."""
    for limit, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size_bytes >= limit:
            return f"{size_bytes / limit:.1f} {unit}"
    return f"{size_bytes:.0f} B"


def shape(lengths: tuple[int | None, ...]) -> str:
    """`28×28×16` without the batch; an unknown length is `n`; a single number has the shape `1`."""
    return "×".join("n" if length is None else str(length) for length in lengths) or "1"


def ago(then: float, now: float) -> str:
    """`just now`, `4 min ago`, `3 h ago`, `2 days ago`; both in Unix seconds."""
    passed = max(0.0, now - then)
    for limit, divisor, unit in ((60, 1, ""), (3600, 60, "min"), (86400, 3600, "h")):
        if passed < limit:
            return f"{passed // divisor:.0f} {unit} ago" if unit else "just now"
    days = int(passed // 86400)
    return f"{days} day{'s' if days > 1 else ''} ago"


def shapes(found: tuple[int | tuple[int | None, ...] | None, ...] | None) -> str:
    """The shape of one output, or of several separated by commas; nothing when it is not known."""
    if found is None:
        return ""
    several = [one for one in found if isinstance(one, tuple)]
    if several:
        return ", ".join(shape(one) for one in several)
    return shape(tuple(length for length in found if not isinstance(length, tuple)))
