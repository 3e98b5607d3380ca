"""Makes the things that tests talk about: each function gives one complete, saved object; override what matters."""

import datetime
import itertools
from dataclasses import dataclass
from typing import Any

import wagtail_factories
from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage, StandardPage
from people.models import LivcMembership, Membership, MembershipRole, Organisation, User
from people.rights import derive
from practices.models import PracticeIndexPage, PracticeMunicipality, PracticePage
from practices.models.parts import CONCEPT_ROLES
from taxonomy.models import Concept, Scheme

_count = itertools.count(1)
PASSWORD = "een-lang-wachtwoord-voor-de-proef"


class HomePageFactory(wagtail_factories.PageFactory):
    hero_title = "Wat werkt tegen radicalisering"

    class Meta:
        model = HomePage


class PracticeIndexPageFactory(wagtail_factories.PageFactory):
    intro = "Wat lokale besturen leerden."

    class Meta:
        model = PracticeIndexPage


class StandardPageFactory(wagtail_factories.PageFactory):
    intro = "Een gewone pagina."

    class Meta:
        model = StandardPage


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = get_image_model()


@dataclass(frozen=True)
class Tree:
    """root → home → index, and the site that serves them."""

    root: Page
    home: HomePage
    index: PracticeIndexPage
    site: Site


def _replanted() -> Page:
    """The root of all pages; made again, with what else the migrations made, where a test emptied the database."""
    Locale.objects.get_or_create(language_code="nl-be")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))


def make_tree() -> Tree:
    """The tree, once: a second call gives the same pages."""
    root = _replanted()
    home = HomePage.objects.first()
    if home is None:
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        home = HomePageFactory(parent=root, title="Home", slug="home")
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "site_name": "Ankerplaats", "root_page": home},
    )
    index = PracticeIndexPage.objects.first()
    if index is None:
        index = PracticeIndexPageFactory(parent=home, title="Goede praktijken", slug="praktijken")
        home.refresh_from_db()
    return Tree(root=root, home=home, index=index, site=site)


def make_user(email: str = "", **overrides: Any) -> User:
    number = next(_count)
    fields = {"first_name": "Persoon", "last_name": f"Nummer {number}", "password": PASSWORD, **overrides}
    return User.objects.create_user(email or f"persoon{number}@voorbeeld.be", **fields)


def make_concept(label: str = "", scheme: str = Scheme.THEME, **overrides: Any) -> Concept:
    label = label or f"Begrip {next(_count)}"
    fields = {"slug": f"{slugify(label)}-{next(_count)}", **overrides}
    return Concept.objects.create(label=label, scheme=scheme, **fields)


def make_organisation(name: str = "", kind: str = "municipality", **overrides: Any) -> Organisation:
    number = next(_count)
    fields: dict[str, Any] = {"province": "antwerpen", **overrides}
    if kind == "municipality":
        fields.setdefault("nis_code", f"{10000 + number}")
    return Organisation.objects.create(name=name or f"Gemeente {number}", kind=kind, **fields)


def practice_fields(**overrides: Any) -> dict[str, Any]:
    """Every field that publishing asks for, except steward and target groups, which are rows of their own."""
    return {
        "title": f"Praktijk {next(_count)}",
        "summary": "Jongeren en politie praten met elkaar. Zo groeit vertrouwen.",
        "main_level": "primary",
        "level_primary": True,
        "problem": "<p>Jongeren en politie botsten op het plein.</p>",
        "objectives": "<p>Minder incidenten en meer vertrouwen.</p>",
        "preconditions": "<p>Een mandaat van de burgemeester.</p>",
        "intended_effects": "<p>Wie zich gehoord voelt, sluit zich minder af.</p>",
        "approach": [("step", {"title": "Verkennen", "text": "<p>Praat met beide kanten.</p>"})],
        "lessons_learned": "<p>Begin klein.</p>",
        "review_date": timezone.localdate() + datetime.timedelta(days=365),
        "confirmed_on": timezone.localdate(),
        **overrides,
    }


def make_practice(**overrides: Any) -> PracticePage:
    """A complete, live practice below the listing. Lists of concepts are given by field name (``themes=[…]``),
    municipalities by ``ran_in=[organisation, …]``; ``live=False`` makes a draft that never was public."""
    parent = overrides.pop("parent", None) or make_tree().index
    ran_in = overrides.pop("ran_in", [])
    tags = overrides.pop("tags", [])
    many = {name: overrides.pop(name) for name in CONCEPT_ROLES if name in overrides}
    if "target_groups_final" not in many:
        group = Concept.objects.filter(scheme=Scheme.TARGET_GROUP, slug="jongeren").first()
        many["target_groups_final"] = [group or make_concept("Jongeren", Scheme.TARGET_GROUP, slug="jongeren")]
    fields = practice_fields(**overrides)
    if "steward" not in fields:
        fields["steward"] = User.objects.filter(email="eindredactie@voorbeeld.be").first() or make_user()
    fields.setdefault("slug", f"{slugify(fields['title'])[:80]}-{next(_count)}")
    practice = PracticePage(**fields)
    practice.has_unpublished_changes = not practice.live
    if practice.live:
        practice.first_published_at = practice.first_published_at or timezone.now()
        practice.last_published_at = practice.last_published_at or timezone.now()
    for name, concepts in many.items():
        setattr(practice, name, concepts)
    practice.ran_in = [PracticeMunicipality(organisation=place, sort_order=at) for at, place in enumerate(ran_in)]
    parent.refresh_from_db()
    parent.add_child(instance=practice)
    if tags:
        practice.tags.add(*tags)
        practice.save()
    revision = practice.save_revision(log_action=False, clean=practice.live)
    if practice.live:
        PracticePage.objects.filter(pk=practice.pk).update(live_revision=revision, has_unpublished_changes=False)
    return PracticePage.objects.get(pk=practice.pk)


def make_document(content: bytes = b"%PDF-1.4\n%%EOF\n", name: str = "verslag.pdf", **overrides: Any) -> Any:
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    document = get_document_model()(title=overrides.pop("title", "Verslag"), **overrides)
    document.file.save(name, ContentFile(content), save=False)
    document.file_size = len(content)
    document.save()
    return document


def make_member(
    user: User | None = None, organisation: Organisation | None = None, *roles: str, **overrides: Any
) -> Membership:
    """An active membership with its roles and the rights it gives."""
    fields = {"state": "active", "origin": "approval", "since": timezone.localdate(), **overrides}
    membership = Membership.objects.create(
        user=user or make_user(), organisation=organisation or make_organisation(), **fields
    )
    for role in roles or ("employee",):
        MembershipRole.objects.create(membership=membership, role=role)
    derive(membership.user)
    return membership


def let_into_livc(user: User, *, days: int = 300, **overrides: Any) -> LivcMembership:
    """Into the LIVC-R of her organisation, of a new one where she has none; `days` from today is her last day."""
    membership = user.memberships.filter(state="active").first() or make_member(user)
    today = timezone.localdate()
    last = today + datetime.timedelta(days=days)
    start = min(today, last) - datetime.timedelta(days=1)
    fields = {"valid_from": start, "confirmed_on": start, "valid_until": last, "on_word_of": "de coördinator"}
    row = LivcMembership.objects.create(membership=membership, **{**fields, **overrides})
    derive(user)
    return row


def confirm_address(user: User, email: str = "") -> EmailAddress:
    """Without allauth's signal: what was confirmed some time ago."""
    email = email or user.email
    return EmailAddress.objects.create(user=user, email=email, verified=True, primary=email == user.email)
