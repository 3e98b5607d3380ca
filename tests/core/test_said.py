"""`{% translate %}` that remembers says what Django's own says."""

import pytest
from django.template import Context, Template
from django.utils import translation

from core.templatetags.said import SaidNode


def drawn(load: str, source: str, **values: object) -> str:
    return Template(f"{{% load {load} %}}{source}").render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Search" %}',
        '{% translate "Search" as word %}[{{ word }}]',
        '{% translate "No such text in 100% of <em>catalogues</em> & more" %}',
        "{% translate 'Search'|upper %}",
        "{% translate word %}",
        '{% translate "Primary" context "prevention level" %}',
        '{% translate "Search" noop %}',
        "{% trans 'Search' %}",
    ],
)
@pytest.mark.parametrize("language", ["nl-be", "en", None])
def test_it_says_what_django_says(source: str, language: str | None) -> None:
    with translation.override(language):
        expected = drawn("i18n", source, word="Search & <find>")
        assert drawn("i18n said", source, word="Search & <find>") == expected


def test_each_language_has_its_own() -> None:
    template = Template('{% load i18n said %}{% translate "Search" %}')
    said = {}
    for language in ("nl-be", "en", "nl-be"):
        with translation.override(language):
            said[language] = template.render(Context())
    assert said["en"] == "Search"
    assert said["nl-be"] != "Search"


def test_a_plain_text_is_remembered_and_anything_else_left_to_django() -> None:
    template = Template('{% load i18n said %}{% translate "Search" %}{% translate word %}')
    kinds = [isinstance(node, SaidNode) for node in template.nodelist[1:]]
    assert kinds == [True, False]
