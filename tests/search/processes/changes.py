"""Every kind of change that editors make, chosen at random."""

import random
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import ProtectedError
from wagtail.documents import get_document_model
from wagtail.models import Collection, PageViewRestriction

from people.models import Organisation
from practices.models import PracticeIndexPage, PracticePage
from taxonomy import services as vocabulary
from taxonomy.models import Concept, Scheme
from tests import factories

Chance = random.Random


def some_page(chance: Chance) -> PracticePage | None:
    keys = list(PracticePage.objects.order_by("pk").values_list("pk", flat=True))
    return PracticePage.objects.get(pk=chance.choice(keys)) if keys else None


def words(chance: Chance) -> str:
    return f"{chance.choice(['Buurt', 'Jeugd', 'School'])}{chance.choice(['sport', 'werk', 'huis'])} {chance.random()}"


def publish(chance: Chance) -> None:
    if page := some_page(chance):
        page.title = words(chance)
        page.save_revision().publish()


def unpublish(chance: Chance) -> None:
    if page := some_page(chance):
        page.unpublish()


def slug(chance: Chance) -> None:
    if page := some_page(chance):
        page.slug = f"adres-{chance.getrandbits(64)}"
        page.save_revision().publish()


def tag(chance: Chance) -> None:
    if page := some_page(chance):
        page.tags.add(chance.choice(["plein", "bal", "school"]))
        page.save_revision().publish()


@transaction.atomic  # as in the admin; the tree's own count of children is not changed in the same breath otherwise
def create(chance: Chance) -> None:
    themes = list(Concept.objects.filter(scheme=Scheme.THEME, retired=False))
    factories.make_practice(
        title=words(chance), slug=f"nieuw-{chance.getrandbits(64)}", themes=chance.sample(themes, min(len(themes), 2))
    )


@transaction.atomic  # as `create`: a list that counts no children any more takes the next one in at its place
def delete(chance: Chance) -> None:
    if PracticePage.objects.count() > 12 and (page := some_page(chance)):
        page.delete()


def move(chance: Chance) -> None:
    if page := some_page(chance):
        page.move(chance.choice(list(PracticeIndexPage.objects.all())), pos="last-child")


def privacy_of_a_page(chance: Chance) -> None:
    if page := some_page(chance):
        _toggle(page)


def privacy_of_a_list(chance: Chance) -> None:
    _toggle(chance.choice(list(PracticeIndexPage.objects.all())))


@transaction.atomic
def _toggle(page: PracticePage | PracticeIndexPage) -> None:
    found = PageViewRestriction.objects.filter(page=page).first()
    if found is None:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        found.delete()


def concept(chance: Chance) -> None:
    found = chance.choice(list(Concept.objects.filter(scheme=Scheme.THEME)))
    found.label = f"thema {chance.random()}"
    found.save()


def merge(chance: Chance) -> None:
    found = list(Concept.objects.filter(scheme=Scheme.THEME, retired=False))
    if len(found) < 4:
        number = chance.getrandbits(64)
        factories.make_concept(f"thema {number}", slug=f"thema-{number}")
        return
    one, other = chance.sample(found, 2)
    vocabulary.merge(concept=one, into=other)


@transaction.atomic
def organisation(chance: Chance) -> None:
    found = chance.choice(list(Organisation.objects.all()))
    found.name = f"Plaats {chance.random()}"
    found.save()


@transaction.atomic
def document(chance: Chance) -> None:
    found = chance.choice(list(get_document_model().objects.all()))
    found.title = f"Verslag {chance.random()}"
    found.collection = chance.choice(list(Collection.objects.all()))
    found.save()


CHANGES: tuple[Callable[[Chance], None], ...] = (
    *(publish, publish, unpublish, slug, tag, create, delete, move, privacy_of_a_page, privacy_of_a_list),
    *(concept, merge, organisation, document),
)


def run(chance: Chance, turns: Iterable[int], only: Callable[[Chance], None] | None = None) -> int:
    """Make a change each turn. What a rule of the models refuses did not happen."""
    made = 0
    for _ in turns:
        try:
            (only or chance.choice(CHANGES))(chance)
        except (ProtectedError, vocabulary.VocabularyError):
            continue
        made += 1
    return made
