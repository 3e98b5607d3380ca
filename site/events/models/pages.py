"""The calendar of events: a list page, and a page for every training, study day, webinar, intervision …

What happens to an event besides its text (seats taken, cancellation, the online link) is in other tables, so that no
revision brings it back and no export tells it: see `models/running.py`.
"""

import uuid
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page

from core.blocks import RICH_TEXT_FEATURES
from core.models import BasePage
from events.choices import Attendance, EventKind, OpenTo, QuestionKind
from events.directory.completeness import IncompleteEventError, missing_to_publish
from events.directory.page_form import EventPageForm
from events.directory.panels import event_edit_handler
from events.models.identity import KeepsRowIds
from events.models.series import EventSeries
from experts.fields import CodesField
from experts.models import ExpertPage
from keeping.models import KeptPage
from people.models import Role
from practices.models.parts import concepts
from practices.models.practice import LEVEL_FIELDS
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme


class EventIndexPage(BasePage):
    intro = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences above the list."))

    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    max_count = 1
    template = "events/event_index_page.html"
    page_description = _("The trainings, study days and intervisions, as a list and a calendar.")

    class Meta:
        verbose_name = _("calendar of events")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from practices.structured_data import listing_data

        return listing_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.directory.listing import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from events.directory.listing import index_response

        return index_response(self, request, self.get_context(request))


class EventPage(KeepsRowIds, KeptPage, BasePage):
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, default=EventKind.TRAINING)
    summary = models.CharField(_("in short"), max_length=300, help_text=_("Why one would come. Shown in lists."))
    body = RichTextField(_("about this event"), blank=True, features=RICH_TEXT_FEATURES)
    goals = RichTextField(
        _("what you learn"), blank=True, features=RICH_TEXT_FEATURES, help_text=_("Learning goals, best as a list.")
    )
    preparation = RichTextField(_("how to prepare"), blank=True, features=RICH_TEXT_FEATURES)
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    series = models.ForeignKey(
        EventSeries, verbose_name=_("series"), null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("new edition of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="next_editions",
        help_text=_(
            "Whoever asked to hear of the next edition of that event, gets a mail once this page is published."
        ),
    )

    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    open_to = models.CharField(_("who may register"), max_length=10, choices=OpenTo, default=OpenTo.MEMBERS)
    for_roles = CodesField(
        _("only for these roles"), default=list, blank=True, codes=Role, help_text=_("None: for every role.")
    )
    sectors = concepts(_("sectors"), "", scheme=Scheme.SECTOR)
    themes = concepts(_("themes"), "", scheme=Scheme.THEME)
    forms = concepts(_("forms of extremism"), "", scheme=Scheme.EXTREMISM_FORM)
    level_primary = models.BooleanField(_("primary"), default=False)
    level_secondary = models.BooleanField(_("secondary"), default=False)
    level_tertiary = models.BooleanField(_("tertiary"), default=False)

    capacity = models.PositiveIntegerField(_("places"), default=20, validators=[MinValueValidator(1)])
    per_organisation = models.PositiveSmallIntegerField(
        _("places per organisation"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    has_waiting_list = models.BooleanField(_("with a waiting list"), default=True)
    price = models.DecimalField(
        _("price, in euro"), max_digits=7, decimal_places=2, default=0, help_text=_("0: free. VVSG sends the invoice.")
    )
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: as soon as the page is published.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the event begins.")
    )
    cancel_until = models.DateTimeField(
        _("participants can cancel until"), null=True, blank=True, help_text=_("Empty: until the event begins.")
    )
    conditions = models.TextField(
        _("conditions"), blank=True, help_text=_("What a participant agrees with, such as the cost of staying away.")
    )

    recording_url = models.URLField(_("recording"), blank=True)
    looking_back = RichTextField(_("looking back"), blank=True, features=RICH_TEXT_FEATURES)
    learnt = RichTextField(_("what was learnt"), blank=True, features=RICH_TEXT_FEATURES)

    base_form_class = EventPageForm
    edit_handler = event_edit_handler
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "events/event_page.html"
    page_description = _("A training, study day, webinar, intervision, site visit or learning network.")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="event_has_a_place"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="event_price_not_negative"),
        ]

    @property
    def levels(self) -> list[PreventionLevel]:
        return [level for level, field in LEVEL_FIELDS.items() if getattr(self, field)]

    @property
    def description(self) -> str:
        return self.search_description or self.summary

    def check_publishable(self) -> None:
        if missing := missing_to_publish(self):
            raise IncompleteEventError(self, missing)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from events.directory.structured_data import event_data

        return event_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.directory.presentation import event_context

        return {**super().get_context(request, *args, **kwargs), **event_context(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows who could come now: a seat that nobody took in time is the next one's."""
        from events.registration.services import expire_offers

        expire_offers(event=self)
        return super().serve(request, *args, **kwargs)  # type: ignore[no-any-return]


class Session(Orderable):
    """A part of the programme. Sessions with the same `choice` run side by side: one chooses one of them."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150, blank=True, help_text=_("Empty: that of the event."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(_("how"), max_length=10, choices=Attendance, default=Attendance.ON_SITE)
    venue = models.CharField(_("place"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    accessibility = models.TextField(
        _("accessibility"), blank=True, help_text=_("Steps, lift, toilet, induction loop, how to get there.")
    )
    choice = models.CharField(
        _("choice"),
        max_length=40,
        blank=True,
        help_text=_("Give sessions that run side by side the same word here: participants choose one of them."),
    )
    capacity = models.PositiveIntegerField(
        _("places in this session"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Only for a session that one chooses. Empty: as many as the event."),
    )
    description = models.TextField(_("description"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventLeader(Orderable):
    """Who leads: an expert of the pool, or somebody by name."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="leaders")
    expert = models.ForeignKey(
        ExpertPage,
        verbose_name=_("expert of the pool"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("Of somebody who is not in the pool."))
    description = models.CharField(_("role or organisation"), max_length=150, blank=True)

    def __str__(self) -> str:
        return self.name or str(self.expert)


class EventQuestion(Orderable):
    """What the organiser asks of whoever registers. Answers are erased some days after the event."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="questions")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("help"), max_length=255, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.SHORT)
    options = models.TextField(_("possible answers"), blank=True, help_text=_("One on each line."))
    required = models.BooleanField(_("required"), default=False)
    kept_days = models.PositiveSmallIntegerField(
        _("days that answers are kept after the event"),
        default=14,
        help_text=_("As short as possible, above all for diet and accessibility: that is about health."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question")

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[str]:
        return [line for line in (text.strip() for text in self.options.splitlines()) if line]


class EventRelated(Orderable):
    """A practice, guide or another page that is used in the event."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="related")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="event_uses")


class EventMaterial(Orderable):
    """Slides or a hand-out."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=150, blank=True)


class EventPhoto(Orderable):
    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        get_image_model_string(), verbose_name=_("photo"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)
