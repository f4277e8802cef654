"""How does a network look as Python? Readable, in Keras' functional API, and parsed before it is given out."""

import ast

from builder.design.document import Design
from builder.errors import BuilderError
from builder.project.document import Project
from builder.translate.keras_model import checked, model_name
from builder.translate.plan import sound_plan
from builder.translate.printing import model, script


def design_code(design: Design) -> str:
    """A module that builds the network: a function `build_model`, and `model` made by it.

    Raises:
        Faulty: The design has faults; each is one of `issues`.
    """
    report = checked(design)
    functions = model.functions(sound_plan(design), report, model_name(design.name))
    numpy = ["import numpy as np"] if any("np.array(" in each for each in functions) else []
    parts = [script.heading(design.name, "Builds the network."), script.imports(numpy), *functions]
    return _parsed("\n\n\n".join(["\n\n".join(parts[:2]), *parts[2:], "model = build_model()\n"]))


def project_code(project: Project) -> str:
    """A script that loads the data, trains the network as a run does, tests it and saves it.

    Same rows, same first weights, same batches: its curve is that of a run to 1e-5. It needs keras with TensorFlow,
    numpy and, for the bundled tables, scikit-learn.

    Raises:
        Faulty: The project has faults, or no data; each is one of `issues`.
        NotFound: There is no such data set.
    """
    report = checked(project.design)
    planned = sound_plan(project.design)
    functions = model.functions(planned, report, model_name(project.design.name))
    return _parsed(script.whole(project, planned, functions))


def _parsed(code: str) -> str:
    """The last check: names are other people's, so what was written must be Python and nothing else."""
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BuilderError("This network cannot be written as Python.", "", "Rename its layers.") from None
    return code
