"""Two pages that not everybody may see, so that the demo logins see a difference. Their text says it is made up."""

import json
from typing import NamedTuple

from home.models import HomePage, StandardPage
from people.audiences import Audience
from people.services.closing import set_page_audience


class Closed(NamedTuple):
    """A page for an audience; with a teaser where `teaser` is given."""

    slug: str
    title: str
    intro: str
    paragraphs: tuple[str, ...]
    audience: Audience
    teaser: str = ""


PAGES = (
    Closed(
        "werkafspraken-professionals",
        "Werkafspraken voor professionals (demo)",
        "Deze pagina is verzonnen. Ze toont wat alleen professionals zien.",
        (
            "Alleen wie met een account bij een organisatie hoort, leest deze pagina en vindt ze met de zoekfunctie.",
            "Hier kunnen afspraken komen die u niet met iedereen deelt: wie wat opneemt en wie u eerst belt.",
        ),
        Audience.PRACTITIONERS,
        "Hoe besturen en partners onderling afspraken maken. Dit voorproefje ziet iedereen.",
    ),
    Closed(
        "agenda-casusoverleg",
        "Vaste agenda van het LIVC-R-overleg (demo)",
        "Deze pagina is verzonnen. Ze toont wat alleen leden van een LIVC-R zien.",
        (
            "Voor alle anderen bestaat dit adres niet. Ook de zoekfunctie en de lijsten noemen deze pagina niet.",
            "Een vaste agenda: opvolging van afspraken, nieuwe vragen, wie neemt wat op.",
            "Noteer hier nooit iets over een persoon.",
        ),
        Audience.LIVC_R,
    ),
)


def load_closed_pages() -> int:
    """Make the pages that are not there yet; answer how many."""
    home = HomePage.objects.get()
    missing = [text for text in PAGES if not StandardPage.objects.child_of(home).filter(slug=text.slug).exists()]
    for text in missing:
        body = json.dumps([{"type": "text", "value": "".join(f"<p>{words}</p>" for words in text.paragraphs)}])
        page = StandardPage(
            title=text.title,
            slug=text.slug,
            intro=text.intro,
            body=body,
            teaser_allowed=bool(text.teaser),
            teaser_text=text.teaser,
        )
        home.add_child(instance=page)
        set_page_audience(page, text.audience)
        page.save_revision().publish()
    return len(missing)
