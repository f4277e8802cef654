"""With what shall a network be computed, and why? Pure rules from measured facts; a person's own word comes first.

Measured on two cores with TensorFlow 2.21, CPU time beside the plain way: XLA makes convolutions 3.5 times as slow on a
CPU and recurrent layers a third faster; one thread instead of all takes 0.6 to 0.8 of the time where a step is small.
"""

from dataclasses import dataclass

from builder.project.document import Training
from builder.runs.records import Choice
from builder.train.facts import Facts
from builder.translate.machine import Gpu, Machine

SMALL_STEP = 500_000_000
"""Operations of a training step (forward and backward) below which sharing it among cores costs more than it gains."""
BACKWARD = 3
"""A training step does the work of a forward pass three times."""
STEPS_THAT_PAY = 10_000
"""Steps after which compiling a recurrent network (4 to 8 s) has been earned back (1 ms a step)."""
SMALL_NETWORK = 100_000
"""Weights below which half precision saves nothing."""
TENSOR_CORES, BFLOAT = 7.0, 8.0
"""Compute capabilities from which half precision is fast, and from which bfloat16 is."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run computes with."""

    gpu: int | None
    """Number of the GPU; None: the CPU, or all devices."""
    shares: bool
    """Whether each batch is shared among all devices."""
    policy: str
    """Keras' dtype policy."""
    jit: bool
    most_steps: int | None
    """Steps of one execution at most; None: as many as fit into a tenth of a second."""
    threads: int | None
    """Threads of one operation on the CPU; None: all cores."""
    choices: tuple[Choice, ...]
    """The same in words, with reasons."""


def decide(training: Training, machine: Machine, facts: Facts) -> Setup:
    """Everything a run computes with."""
    gpu, shares, device = _device(training, machine)
    on_gpu = gpu is not None or (shares and bool(machine.gpus))
    policy, precision = _precision(training, machine.gpus[gpu or 0] if on_gpu else None, facts)
    jit, compiled = _jit(training, on_gpu, shares, facts)
    threads, shared = (None, None) if on_gpu or shares else _threads(training, machine.cores, facts)
    wanted = training.steps_per_execution
    choices = (device, precision, compiled, _steps(training), shared)
    return Setup(
        gpu=gpu,
        shares=shares,
        policy=policy,
        jit=jit,
        most_steps=None if wanted == "auto" else wanted,
        threads=threads,
        choices=tuple(choice for choice in choices if choice is not None),
    )


def _device(training: Training, machine: Machine) -> tuple[int | None, bool, Choice]:
    wanted, gpus = training.device, machine.gpus
    cpu = f"CPU, {machine.cores} cores" if machine.cores > 1 else "CPU, 1 core"
    if wanted == "cpu":
        return None, False, _own("device", cpu)
    if wanted == "all":
        return _all(training, machine, cpu)
    number = int(wanted.partition(":")[2] or 0)
    if number < len(gpus):
        name = f"GPU {number}: {gpus[number].name}"
        return (
            number,
            False,
            _ruled("device", name, "The first GPU.") if wanted == "auto" else _own("device", name),
        )
    if wanted == "auto":
        return None, False, _ruled("device", cpu, "There is no GPU here.")
    found = "there is none here" if not gpus else f"there are only {len(gpus)} here"
    return None, False, _ruled("device", cpu, f"GPU {number} was asked for; {found}.")


def _all(training: Training, machine: Machine, cpu: str) -> tuple[int | None, bool, Choice]:
    count = len(machine.gpus) or machine.logical_cpus
    if count < 2:
        alone = 0 if machine.gpus else None
        name = f"GPU 0: {machine.gpus[0].name}" if machine.gpus else cpu
        return alone, False, _ruled("device", name, "All GPUs were asked for; there are not two here.")
    if training.backend != "tensorflow":
        first = 0 if machine.gpus else None
        return (
            first,
            False,
            _ruled("device", cpu if first is None else "GPU 0", "Only TensorFlow shares batches."),
        )
    kind = "GPUs" if machine.gpus else "CPU parts"
    return None, True, _own("device", f"all {count} {kind}, each batch shared among them")


def _precision(training: Training, gpu: Gpu | None, facts: Facts) -> tuple[str, Choice]:
    if training.precision != "auto":
        return training.precision, _own("precision", training.precision)
    policy, reason = _ruled_precision(gpu, facts)
    return policy, _ruled("precision", policy, reason)


def _ruled_precision(gpu: Gpu | None, facts: Facts) -> tuple[str, str]:
    if gpu is None:
        return "float32", "On a CPU half precision is slower."
    if gpu.compute is None or gpu.compute < TENSOR_CORES:
        return "float32", "This GPU has no tensor cores for half precision."
    if facts.params is not None and facts.params < SMALL_NETWORK:
        return "float32", f"Below {SMALL_NETWORK:_} weights half precision saves nothing.".replace("_", " ")
    if gpu.compute >= BFLOAT:
        return "mixed_bfloat16", "This GPU multiplies faster in bfloat16; weights stay in float32."
    return "mixed_float16", "This GPU multiplies faster in float16; weights stay in float32."


def _jit(training: Training, on_gpu: bool, shares: bool, facts: Facts) -> tuple[bool, Choice]:
    if training.backend == "jax":
        return True, _ruled("jit", "XLA on", "jax always compiles with XLA.")
    if training.backend == "torch":
        return False, _ruled("jit", "XLA off", "torch does not use XLA.")
    if training.jit != "auto":
        return training.jit == "on", _own("jit", f"XLA {training.jit}")
    wanted, reason = _ruled_jit(on_gpu, shares, facts)
    return wanted, _ruled("jit", "XLA on" if wanted else "XLA off", reason)


def _ruled_jit(on_gpu: bool, shares: bool, facts: Facts) -> tuple[bool, str]:
    if not facts.can_be_compiled:
        return False, "A layer looks up text or tables, which XLA cannot."
    if shares:
        return False, "Several devices exchange what XLA would have to know beforehand."
    if on_gpu:
        return True, "On a GPU compiled steps are faster."
    if facts.has_convolution:
        return False, "On a CPU XLA takes 3.5 times as long for convolutions."
    if facts.has_recurrence and facts.steps is not None and facts.steps < STEPS_THAT_PAY:
        return False, f"So short a run ({facts.steps} steps) would not earn back the seconds of compiling."
    if facts.has_recurrence:
        return True, "On a CPU XLA takes two thirds of the time for recurrent layers."
    return False, "On a CPU XLA gains nothing for this network and takes seconds to compile."


def _steps(training: Training) -> Choice:
    if training.steps_per_execution != "auto":
        most = training.steps_per_execution
        return _own(
            "steps_per_execution", "1 step at a time" if most == 1 else f"{most} steps at a time at most"
        )
    return _ruled(
        "steps_per_execution",
        "as many steps as fit into 0.1 s",
        "So that Stop works at once and Python costs little.",
    )


def _threads(training: Training, cores: int, facts: Facts) -> tuple[int | None, Choice | None]:
    if cores < 2 or training.backend == "jax":
        return None, None
    work = None if facts.flops is None else BACKWARD * facts.flops * training.batch_size
    if work is None:
        return None, _ruled("threads", f"{cores} threads", "The work of a step is not known beforehand.")
    if work < SMALL_STEP:
        return 1, _ruled(
            "threads", "1 thread", "A step is so small that sharing it costs more than it gains."
        )
    return None, _ruled("threads", f"{cores} threads", "A step is large enough to be shared.")


def _own(what: str, value: str) -> Choice:
    return Choice(what=what, value=value, reason="Chosen in the settings.", chosen_by="person")


def _ruled(what: str, value: str, reason: str) -> Choice:
    return Choice(what=what, value=value, reason=reason)


def words(setup: Setup) -> str:
    """What a run computes on, for its first event."""
    device, threads = setup.choices[0], [each for each in setup.choices if each.what == "threads"]
    beside = f" on {threads[0].value}" if threads else ""
    why = "" if device.chosen_by == "person" else f" {device.reason}"
    return f"Training: {device.value}{beside}.{why}"
