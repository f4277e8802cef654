"""What does a document mean? Check and analysis of a design or project, with one cache for the whole process."""

from functools import cache

from pydantic import JsonValue

from builder.design.document import Design
from builder.project.document import Project
from builder.project.read import project_from
from builder.translate.analysis import analyse
from builder.translate.analysis_report import Analysis
from builder.translate.ghost import check
from builder.translate.offering import offered
from builder.translate.outcomes import Cache
from builder.translate.repair import RepairReport
from builder.translate.report import CheckReport


@cache
def _cache() -> Cache:
    return Cache()


def check_document(document: Design | Project | JsonValue, has_data: bool = False) -> CheckReport:
    """The check of a design, of a project, or of either as parsed JSON. One thread at a time.

    Args:
        document: What to check.
        has_data: Rows are chosen even where the document itself does not say so.

    Raises:
        Unreadable, Faulty: Parsed JSON that is no such document.
    """
    project = _project(document)
    return check(project.design, _cache(), has_data=has_data or project.data is not None)


@cache
def _rehearsed() -> Cache:
    return Cache()


def rehearse_document(document: Design | Project | JsonValue) -> CheckReport:
    """The check of a project that is about to be trained, with every call traced as a graph in training mode.

    Raises:
        Unreadable, Faulty: Parsed JSON that is no such document.
    """
    return check(_project(document).design, _rehearsed(), has_data=True, thorough=True)


def analyse_document(document: Design | Project | JsonValue) -> Analysis:
    """The analysis of the same. One thread at a time.

    Raises:
        Unreadable, Faulty: Parsed JSON that is no such document.
    """
    return analyse(_project(document), _cache())


def offer_repairs(document: Design | Project | JsonValue) -> RepairReport:
    """Checked repairs for the faults of a document. One thread at a time, as `check_document`.

    Raises:
        Unreadable, Faulty: Parsed JSON that is no such document.
    """
    return offered(_project(document), _cache())


def _project(document: Design | Project | JsonValue) -> Project:
    if isinstance(document, Project):
        return document
    return Project(design=document) if isinstance(document, Design) else project_from(document)
