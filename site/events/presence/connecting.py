"""What this part registers with the rooms below, once, when the app is ready."""

from core.generation_watch import ignore
from events import chores, page_parts
from events.models import EventEvaluation, GroupCertificate, SessionPresence
from events.page_parts import Part
from events.presence import certificates, parts, personal_data, thanks, words
from events.registration import page_parts as registration_parts
from experts.certificates import papers
from people import my_page
from people.my_page import Section


def connect() -> None:
    personal_data.connect()
    words.connect()
    papers.register("events", certificates.find_of_event)
    papers.register("intervision", certificates.find_of_group)
    page_parts.register(Part(parts.EVENT_PART, parts.on_event, place="after", order=20))
    registration_parts.register(
        registration_parts.Part(order=20, template=parts.REGISTRATION_PART, context=parts.on_registration)
    )
    my_page.register(Section(order=46, template=parts.MY_PART, context=parts.my_section))
    my_page.ask("events_afterwards", parts.asked_of_me)
    chores.register(thanks.thank)
    for model in (EventEvaluation, GroupCertificate, SessionPresence):
        ignore(model._meta.db_table)
