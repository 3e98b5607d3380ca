"""The words of a cell as the things they mean: terms, organisations, people. Loaded once for a whole file."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from people.models import Organisation, User
from people.rights import possible_stewards
from practices.spreadsheet.facts import Named, vocabulary
from taxonomy.models import Concept


class CellError(ValueError):
    """What is wrong with one cell, in words for the editor."""


def fold(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass
class Lookups:
    terms: dict[str, dict[str, Concept]]
    places: dict[str, Organisation]
    organisations: dict[str, Organisation]
    stewards: dict[str, User]
    concepts: dict[int, Concept]

    @classmethod
    def load(cls) -> Self:
        terms: dict[str, dict[str, Concept]] = {}
        by_pk: dict[int, Concept] = {}
        for scheme, concepts in vocabulary().items():
            terms[scheme] = {}
            by_pk |= {concept.pk: concept for concept in concepts}
            # A label wins over a slug, a slug over another label: later ones never overwrite.
            for names in (lambda c: [c.label], lambda c: [c.slug, c.abbreviation], lambda c: c.other_labels):
                for concept in concepts:
                    for name in names(concept):
                        terms[scheme].setdefault(fold(name), concept)
        places: dict[str, Organisation] = {}
        organisations: dict[str, Organisation] = {}
        for body in Organisation.objects.order_by("kind", "pk"):
            organisations.setdefault(fold(body.name), body)
            if body.kind == "municipality":
                places.setdefault(fold(body.name), body)
                places.setdefault(body.nis_code, body)
        stewards = {user.email.casefold(): user for user in possible_stewards()}
        return cls(terms, places, organisations, stewards, by_pk)

    def term(self, scheme: str, text: str) -> Named:
        """The term of a scheme by label, other label, abbreviation or slug; of a merged one, its successor."""
        concept = self.terms.get(scheme, {}).get(fold(text))
        if concept is None:
            raise CellError(_("“%(text)s” is not in the vocabulary.") % {"text": text[:80]})
        concept = concept.merged_into or concept
        return Named(concept.pk, concept.label)

    def place(self, text: str) -> Named:
        body = self.places.get(fold(text))
        if body is None:
            raise CellError(_("“%(text)s” is not a Flemish municipality that we know.") % {"text": text[:80]})
        return Named(body.pk, body.name)

    def organisation(self, text: str) -> Organisation:
        body = self.organisations.get(fold(text))
        if body is None:
            raise CellError(_("“%(text)s” is not in the list of organisations.") % {"text": text[:80]})
        return body

    def steward(self, text: str) -> User:
        user = self.stewards.get(text.casefold())
        if user is None:
            raise CellError(_("Nobody has an account with the address “%(text)s”.") % {"text": text[:80]})
        return user
