"""What can be done on the page of a registration: for every step an address, a question, a form and a service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import programme
from events.choices import RegistrationState as State
from events.models import Registration
from events.permissions import is_organiser
from events.registration import services
from events.registration.step_forms import ChangeForm, ReplaceForm, StepForm, WithdrawForm
from people.models import User


@dataclass(frozen=True)
class PageStep:
    """`states` in which it can be done; `until_deadline`: for those with a place only until the deadline."""

    slug: str
    question: Any
    button: Any
    done: Any
    service: Callable[..., Registration]
    states: tuple[str, ...]
    form: type[StepForm] = StepForm
    danger: bool = False
    until_deadline: bool = True
    explanation: Any = ""
    link_text: Any = ""

    @property
    def link(self) -> Any:
        """What leads to its page: as its button, unless that speaks of what stands above it there."""
        return self.link_text or self.button

    def possible(self, row: Registration, by: User | None) -> bool:
        if row.state not in self.states:
            return False
        deadline = programme.cancel_deadline(row.event)
        late = deadline is not None and deadline <= timezone.now()
        free = not self.until_deadline or (self.slug == "afmelden" and row.state != State.REGISTERED)
        return free or not late or (by is not None and is_organiser(by))


STEPS = {
    step.slug: step
    for step in (
        PageStep(
            "aanvaarden",
            _("Take this place?"),
            _("Take the place"),
            _("You have a place. The invitation for your calendar is in the mail that we sent you."),
            services.accept_offer,
            (State.OFFERED,),
            until_deadline=False,
        ),
        PageStep(
            "weigeren",
            _("Decline this place?"),
            _("Decline the place"),
            _("You declined. The place goes to the next in line."),
            services.decline_offer,
            (State.OFFERED,),
            form=WithdrawForm,
            danger=True,
            until_deadline=False,
            explanation=_("The place goes to the next in line at once. You are then not on the waiting list any more."),
        ),
        PageStep(
            "wijzigen",
            _("Change the registration"),
            _("Save the changes"),
            _("Your changes are saved."),
            services.change,
            (State.REGISTERED, State.WAITING, State.OFFERED),
            form=ChangeForm,
            link_text=_("Change"),
        ),
        PageStep(
            "vervangen",
            _("Who comes instead?"),
            _("Hand the place over"),
            _("Your colleague takes the place over. Who leaves and who comes both get a mail."),
            services.replace,
            (State.REGISTERED, State.WAITING),
            form=ReplaceForm,
            link_text=_("Let a colleague come instead"),
            explanation=_("Your colleague gets the place, in the line too. Who leaves and who comes both get a mail."),
        ),
        PageStep(
            "afmelden",
            _("Cancel this registration?"),
            _("Cancel the registration"),
            _("The registration is cancelled."),
            services.withdraw,
            (State.REGISTERED, State.WAITING),
            form=WithdrawForm,
            danger=True,
            explanation=_("A free place goes to the first on the waiting list at once: you cannot take this back."),
        ),
    )
}


def possible_steps(row: Registration, by: User | None) -> list[PageStep]:
    return [step for step in STEPS.values() if step.possible(row, by)]
