"""What this part registers with the rooms below, once, when the app is ready."""

from core.generation_watch import ignore
from events import chores
from events.desk import personal_data
from events.desk.mailing import sending
from events.mailings import send_mailings
from events.models import EventMailing, EventPrivate, MailingRecipient


def connect() -> None:
    personal_data.connect()
    sending.connect()
    chores.register(send_mailings)
    for model in (EventMailing, EventPrivate, MailingRecipient):
        ignore(model._meta.db_table)
