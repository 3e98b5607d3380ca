"""Called once, when the app is ready."""

from core.generation_watch import ignore
from experts.afterwards import certificate, personal_data
from experts.afterwards.parts import TEMPLATE, afterwards
from experts.booking import page_parts
from experts.booking.page_parts import Part
from experts.certificates import papers
from experts.models import AskedAfterwards, DeliveryReport, Evaluation, SharedLesson


def connect() -> None:
    personal_data.connect()
    papers.register("deliveries", certificate.find)
    page_parts.register(Part(order=20, template=TEMPLATE, context=afterwards))
    for model in (AskedAfterwards, DeliveryReport, Evaluation, SharedLesson):
        ignore(model._meta.db_table)
