import pytest

from builder.catalog.rules import RULES, fields_by_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("units", "int"),
        ("kernel_size", "ints"),
        ("kernel_initializer", "choice"),
        ("recurrent_activation", "choice"),
        ("rate", "float"),
        ("target_shape", "shape"),
        ("brightness_factor", "json"),
    ],
)
def test_an_argument_is_judged_by_its_name(name, kind):
    assert fields_by_name(name)["kind"] == kind


def test_a_name_that_no_rule_knows_says_nothing():
    assert fields_by_name("surprise") == {}


def test_no_rule_hides_behind_another():
    samples = [rule.pattern.split("|")[0].replace(".*", "some") for rule in RULES]
    assert [fields_by_name(name) for name in samples] == [rule.fields for rule in RULES]
