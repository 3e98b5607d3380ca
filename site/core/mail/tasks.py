"""Background work on mail."""

from django_tasks import task

from core.mail.services import deliver


@task()
def deliver_mail(mail_id: int) -> None:
    """One attempt; what a server refuses stays for `manage.py send_mails`. Can run twice without harm."""
    deliver(mail_id)
