"""Called once, when the app is ready."""

from core.generation_watch import ignore
from experts.desk import personal_data
from experts.models import Allowance, GroupAnswer, GroupQuestion, PoolYear, Quota


def connect() -> None:
    personal_data.connect()
    for model in (Allowance, GroupAnswer, GroupQuestion, PoolYear, Quota):
        ignore(model._meta.db_table)
