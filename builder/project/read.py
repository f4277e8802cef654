"""How does a file become a project? Designs are taken too: `format` tells the two apart."""

from pydantic import JsonValue

from builder.design import json_text, migrations
from builder.design.read import design_from, refuse_too_many, validated
from builder.errors import Unreadable
from builder.project.document import Project

VERSION = 1


def read_document(text: str | bytes) -> Project:
    """The project in a file; a bare design becomes a project without data.

    Raises:
        Unreadable: Not JSON, too large, too deep, or another format.
        Faulty: Something has the wrong form, or the format is newer; each issue names node and argument.
    """
    return project_from(json_text.parse(text))


def project_from(raw: JsonValue) -> Project:
    """The project in a parsed document; raises as `read_document`."""
    kind, _ = migrations.kind_and_version(raw)
    if kind == "layerloom":
        design = design_from(raw)
        return Project(name=design.name or "untitled", design=design)
    assert isinstance(raw, dict)
    migrated = migrations.migrated(raw, VERSION, migrations.PROJECT_STEPS)
    if not isinstance(migrated.get("design"), dict):
        raise Unreadable("The project holds no design.", remedy="Open a project or design file saved here.")
    refuse_too_many(migrated["design"])
    design = design_from(migrated["design"])
    return validated(Project, migrated | {"design": design.model_dump(mode="json")})


def is_design(text: str | bytes) -> bool:
    """Whether the file is a bare design rather than a project."""
    return migrations.kind_and_version(json_text.parse(text))[0] == "layerloom"
