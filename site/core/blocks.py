"""The StreamField blocks that pages share. Every block has a template of its own in templates/core/blocks/."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from core.privacy import is_closed, is_private

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("What happens, and who does it"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("Numbered step")
        template = "core/blocks/step.html"


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Point"), max_length=300), label=_("Points"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "core/blocks/checklist.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it, or where it stands"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "core/blocks/quote.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the table shows"), max_length=200)
    table = TypedTableBlock([("text", blocks.CharBlock(label=_("Text"), required=False))], label=_("Table"))

    def clean(self, value: Any) -> Any:
        """A table without columns or rows is fine in a draft, and nothing to publish."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned["table"].columns and cleaned["table"].row_data):
            error = ValidationError(_("Give the table at least one column and one row, or take the block away."))
            raise blocks.StructBlockValidationError(non_block_errors=ErrorList([error]))
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        template = "core/blocks/table.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=255,
        help_text=_("What somebody who cannot see the image must know."),
    )
    caption = blocks.CharBlock(label=_("Caption and source"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "core/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title of the video"), max_length=200)
    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("Opens on the other site; nothing is embedded."))

    class Meta:
        icon = "media"
        label = _("Video link")
        template = "core/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """Only web addresses: refuse ftp and the like. Raises StructBlockValidationError."""
        result = super().clean(value)
        if not result["url"].startswith(("https://", "http://")):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Give an address that starts with https://."))}
            )
        return result


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "core/blocks/download.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the document, unless the reader may not open it: then neither its name nor its address."""
        document = value["document"]
        return {
            **super().get_context(value, parent_context=parent_context),
            "document": None if is_closed(document) else document,
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        return [] if is_private(value["document"]) else super().get_searchable_content(value)


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("tip", _("Tip")), ("warning", _("Mind")), ("info", _("Good to know"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "core/blocks/callout.html"


class BodyBlock(blocks.StreamBlock):
    """Running text of a standard page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="core/blocks/heading.html")
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, template="core/blocks/text.html")
    checklist = ChecklistBlock()
    quote = QuoteBlock()
    table = TableBlock()
    image = ImageBlock()
    video = VideoBlock()
    download = DownloadBlock()
    callout = CalloutBlock()


class ApproachBlock(blocks.StreamBlock):
    """The approach of a practice, in steps."""

    step = StepBlock()
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, template="core/blocks/text.html")
    checklist = ChecklistBlock()
    quote = QuoteBlock()
    table = TableBlock()
    image = ImageBlock()
    video = VideoBlock()
    download = DownloadBlock()
    callout = CalloutBlock()
