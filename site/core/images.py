"""Images that editors upload: refused when broken, before a page that shows them would fail on them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.forms import BaseImageForm

NOT_DECODED = {"avif"}


def checked(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """As the field's own check, which looks at the head of the file only and lets a fault inside escape."""

    def check(data: Any) -> Any:
        try:
            file = to_python(data)
            if file is not None and getattr(file, "image", None) is not None:
                _decode(file)
        except ValidationError:
            raise
        except Exception as error:  # a damaged picture fails anywhere inside the decoder
            raise ValidationError(_("This picture is damaged. Open it, save it again and upload that.")) from error
        return file

    return check


def _decode(file: Any) -> None:
    if str(file.name).rpartition(".")[2].lower() in NOT_DECODED:
        return
    file.seek(0)
    with Image.open(file) as picture:
        picture.load()
    file.seek(0)


class CheckedImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].to_python = checked(self.fields["file"].to_python)
