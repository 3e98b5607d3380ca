"""What search engines read about the pool: schema.org as JSON-LD, of what stands on the page and nothing else."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from core.structured_data import CONTEXT, absolute, breadcrumbs
from experts.choices import ExpertKind

if TYPE_CHECKING:
    from experts.models import ExpertPage


def expert_data(page: "ExpertPage", request: HttpRequest) -> dict[str, Any]:
    url = absolute(request, page.get_url(request))
    thing: dict[str, Any] = {
        "@type": "Organization" if page.kind == ExpertKind.ORGANISATION else "Person",
        "@id": f"{url}#expert",
        "name": page.title,
        "description": page.summary,
        "url": url,
        "knowsAbout": [term.label for role in ("specialisms", "themes") for term in getattr(page, role).all()],
    }
    if page.kind == ExpertKind.PERSON and page.organisation is not None:
        thing["worksFor"] = {"@type": "Organization", "name": page.organisation.name}
    above = [(other.title, absolute(request, other.get_url(request))) for other in page.above[1:]]
    return {"@context": CONTEXT, "@graph": [thing, breadcrumbs(request, [*above, (page.title, url)])]}
