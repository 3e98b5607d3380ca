"""Dutch translations without a system package: Babel extracts, updates, checks and compiles locale/nl.

python scripts/translations.py update    # after adding or changing a text
python scripts/translations.py check     # every text is there and translated; exit status 1 if not
python scripts/translations.py compile   # .po → .mo
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
SOURCES = ("site", "search", "templates")
METHODS = [
    ("**.py", "scripts.translations:extract_module"),
    ("**.html", "scripts.translations:extract_template"),
    ("**.txt", "scripts.translations:extract_template"),
]
KEYWORDS: dict[str, Any] = {
    name: spec
    for names, spec in (
        (("_", "gettext", "gettext_lazy", "gettext_noop"), None),
        (("ngettext", "ngettext_lazy"), (1, 2)),
        (("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
        (("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    )
    for name in names
}


def extract_module(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's view of a module, and what it overlooks there: a text inside an f-string."""
    source = fileobj.read()
    yield from extract_python(io.BytesIO(source), keywords, comment_tags, options)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue):
            value = ast.unparse(node.value).encode("utf-8")
            for _, *message in extract_python(io.BytesIO(value), keywords, comment_tags, options):
                yield node.lineno, *message


def extract_template(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's view of a Django template: Django turns its tags into Python that Babel reads."""
    from django.utils.translation.template import templatize

    source = templatize(fileobj.read().decode("utf-8"))
    # What was markup is now runs of X: without them and without indentation it is Python, one call a line.
    calls = "\n".join(re.sub(r"\bX+\b", " ", line).strip() for line in source.splitlines())
    return extract_python(io.BytesIO(calls.encode("utf-8")), keywords, comment_tags, options)


def found() -> Catalog:
    """Every text of the code and the templates."""
    catalog = Catalog(project="Ankerplaats", charset="utf-8")
    for source in SOURCES:
        for filename, line, message, comments, context in extract_from_dir(
            str(ROOT / source), method_map=METHODS, keywords=KEYWORDS, strip_comment_tags=True
        ):
            flags = ["python-format"] if "%(" in str(message) else []
            catalog.add(
                message, None, [(f"{source}/{filename}", line)], flags=flags, auto_comments=comments, context=context
            )
    return catalog


def stored() -> Catalog:
    if not CATALOG.exists():
        return Catalog(locale="nl", project="Ankerplaats", charset="utf-8")
    with CATALOG.open("rb") as handle:
        return read_po(handle, locale="nl")


def update() -> int:
    catalog = stored()
    catalog.update(found(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    with CATALOG.open("wb") as handle:
        write_po(handle, catalog, omit_header=False, include_lineno=False, sort_output=True, width=120)
    return 0


def check() -> int:
    catalog = stored()
    problems = []
    for message in found():
        known = catalog.get(message.id, context=message.context) if message.id else message
        if known is None:
            problems.append(f"not in the catalogue: {message.id!r} ({message.locations[:1]})")
        elif message.id and not all([known.string] if isinstance(known.string, str) else known.string):
            problems.append(f"not translated: {message.id!r} ({message.locations[:1]})")
        elif message.id and (errors := list(known.check())):
            problems.append(f"{errors[0]}: {message.id!r}")
    for problem in problems:
        print(problem)  # noqa: T201
    print(f"translations: {len(list(catalog)) - 1} texts, {len(problems)} problems")  # noqa: T201
    return 1 if problems else 0


def compile_catalog() -> int:
    """In one step: a site that starts or runs meanwhile reads the old catalog or the new one, never half of one."""
    draft = CATALOG.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as handle:
        write_mo(handle, stored())
    draft.replace(CATALOG.with_suffix(".mo"))
    return 0


def main() -> int:
    sys.path.insert(0, str(ROOT))
    commands = {"update": update, "check": check, "compile": compile_catalog}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__)  # noqa: T201
        return 2
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False, INSTALLED_APPS=["django.contrib.humanize"])
    django.setup()
    return commands[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
