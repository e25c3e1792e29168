"""The author's own sections of a report, for those readers whom their condition fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.survey.report_blocks import ContentBlock, Medium


@dataclass(frozen=True, slots=True)
class BlockSection:
    """One block. `text` is Markdown; `image` is the name of a published picture, "" without one."""

    id: str
    after: str
    title: str
    text: str
    image: str
    width: int
    height: int
    alt: str
    url: str
    label: str


def content_blocks(context: ReportContext, medium: Medium) -> Iterator[BlockSection]:
    """The blocks chosen for this reader that stand in this medium, in the survey's order."""
    chosen = context.content_blocks
    return (_section(context, one) for one in context.survey.report.content_blocks
            if one.id in chosen and medium in one.on)  # fmt: skip


def _section(context: ReportContext, block: ContentBlock) -> BlockSection:
    width, height = block.picture or (0, 0)
    return BlockSection(
        id=block.id,
        after=block.after,
        title=context.say(block.title),
        text=block.text.say(context.language),
        image=block.image or "" if block.picture else "",
        width=width,
        height=height,
        alt=context.say(block.alt),
        url=block.url or "",
        label=context.say(block.label),
    )
