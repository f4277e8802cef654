from dataclasses import replace

import pytest

from builder.design.document import Design, Node
from builder.project import templates
from builder.project.document import Training
from builder.train.facts import Facts, facts
from builder.train.rules import Setup, decide, words
from builder.translate.machine import Gpu, Machine
from builder.translate.report import Totals

CPU = Machine(cores=2)
H200, OLD = Gpu(name="NVIDIA H200", compute=9.0), Gpu(name="GTX 1080", compute=6.1)
T4 = Gpu(name="Tesla T4", compute=7.5)
PLAIN = Facts(has_convolution=False, has_recurrence=False, can_be_compiled=True, params=10_000, flops=20_000)
LARGE = Facts(has_convolution=True, has_recurrence=False, can_be_compiled=True, params=10**7, flops=10**9)
RECURRENT = Facts(has_convolution=False, has_recurrence=True, can_be_compiled=True, params=10**4, flops=10**5)
TEXT = Facts(has_convolution=False, has_recurrence=True, can_be_compiled=False, params=10**4, flops=10**5)


def chosen(setup: Setup, what: str) -> str:
    (found,) = [choice for choice in setup.choices if choice.what == what]
    return f"{found.value} ({found.chosen_by}): {found.reason}"


def on(machine: Machine, facts_: Facts = PLAIN, **settings: object) -> Setup:
    return decide(Training().model_copy(update=settings), machine, facts_)


@pytest.mark.parametrize(
    ("wanted", "gpus", "gpu", "told"),
    [
        ("auto", (), None, "CPU, 2 cores (rule): There is no GPU here."),
        ("auto", (H200, T4), 0, "GPU 0: NVIDIA H200 (rule)"),
        ("cpu", (H200,), None, "CPU, 2 cores (person)"),
        ("gpu", (H200, T4), 0, "GPU 0: NVIDIA H200 (person)"),
        ("gpu:1", (H200, T4), 1, "GPU 1: Tesla T4 (person)"),
        ("gpu:1", (H200,), None, "CPU, 2 cores (rule): GPU 1 was asked for; there are only 1 here."),
        ("gpu", (), None, "CPU, 2 cores (rule): GPU 0 was asked for; there is none here."),
        ("all", (H200,), 0, "GPU 0: NVIDIA H200 (rule): All GPUs were asked for; there are not two here."),
        ("all", (), None, "CPU, 2 cores (rule)"),
    ],
)
def test_the_device_is_the_wanted_one_or_the_reason_why_not_is_told(
    wanted: str, gpus: tuple[Gpu, ...], gpu: int | None, told: str
) -> None:
    setup = on(Machine(cores=2, gpus=gpus), device=wanted)
    assert (setup.gpu, setup.shares) == (gpu, False)
    assert chosen(setup, "device").startswith(told)


def test_several_gpus_share_each_batch_on_tensorflow_only() -> None:
    two = Machine(cores=2, gpus=(H200, T4))
    assert on(two, device="all").shares
    assert not on(two, device="all").jit
    other = on(two, device="all", backend="torch")
    assert (other.gpu, other.shares) == (0, False)


@pytest.mark.parametrize(
    ("gpu", "facts_", "policy"),
    [
        (H200, LARGE, "mixed_bfloat16"),
        (T4, LARGE, "mixed_float16"),
        (OLD, LARGE, "float32"),
        (H200, PLAIN, "float32"),
        (None, LARGE, "float32"),
    ],
)
def test_half_precision_is_chosen_where_the_gpu_is_fast_in_it_and_the_network_large(
    gpu: Gpu | None, facts_: Facts, policy: str
) -> None:
    assert on(Machine(cores=2, gpus=(gpu,) if gpu else ()), facts_).policy == policy


@pytest.mark.parametrize(
    ("machine", "facts_", "jit"),
    [
        (CPU, PLAIN, False),
        (CPU, LARGE, False),
        (CPU, RECURRENT, True),
        (CPU, TEXT, False),
        (Machine(cores=2, gpus=(H200,)), LARGE, True),
        (Machine(cores=2, gpus=(H200,)), TEXT, False),
    ],
)
def test_xla_is_on_where_it_was_measured_to_gain(machine: Machine, facts_: Facts, jit: bool) -> None:
    assert on(machine, facts_).jit is jit


def test_a_short_run_does_not_wait_for_xla() -> None:
    assert not on(CPU, replace(RECURRENT, steps=500)).jit
    assert on(CPU, replace(RECURRENT, steps=50_000)).jit


def test_a_small_step_gets_one_thread_and_a_large_one_all() -> None:
    assert on(CPU).threads == 1
    assert on(CPU, LARGE).threads is None
    assert on(CPU, batch_size=60_000).threads is None
    unknown = Facts(has_convolution=False, has_recurrence=False, can_be_compiled=True)
    assert on(CPU, unknown).threads is None


def test_what_a_person_chooses_goes_before_every_rule() -> None:
    setup = on(CPU, LARGE, jit="on", precision="mixed_float16", steps_per_execution=4)
    assert (setup.jit, setup.policy, setup.most_steps) == (True, "mixed_float16", 4)
    assert {choice.chosen_by for choice in setup.choices if choice.what in ("jit", "precision")} == {"person"}
    assert chosen(setup, "steps_per_execution").startswith("4 steps at a time at most (person)")


def test_the_first_words_of_a_run_say_on_what_it_trains_and_why() -> None:
    assert words(on(CPU)) == "Training: CPU, 2 cores on 1 thread. There is no GPU here."
    assert words(on(CPU, device="cpu")) == "Training: CPU, 2 cores on 1 thread."


def test_facts_are_found_in_nested_networks_and_in_layers_that_are_given() -> None:
    inner = Design(nodes=(Node(id="conv", type="Conv2D"),))
    given = {"layer": {"type": "LSTM", "params": {"units": 2}}}
    design = Design(
        nodes=(
            Node(id="block", type="Model", graph=inner),
            Node(id="both", type="TimeDistributed", params=given),
        )
    )
    found = facts(design, Totals(params=7, flops=9))
    assert (found.has_convolution, found.has_recurrence) == (True, True)
    assert (found.params, found.flops) == (7, 9)


def test_a_network_of_dense_layers_has_neither() -> None:
    (design,) = [each.project.design for each in templates.templates() if each.name == "mlp-digits"]
    assert facts(design) == Facts(False, False, True)
