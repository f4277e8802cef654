"""What must early stopping and a plateau still know when a run goes on in another process?"""

from pydantic import BaseModel, ConfigDict


class Recollection(BaseModel):
    """The memory of something that follows one value from epoch to epoch."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants")

    monitor: str = ""
    """The watched value."""
    best: float | None = None
    """Best watched value so far."""
    waited: int = 0
    """Epochs since then."""
    shown: dict[str, int | float] | None = None
    """Of early stopping: the best epoch with its values, as the run's record tells it."""
