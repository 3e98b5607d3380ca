"""A picture comes in the size that the reader's screen needs, with the words of who cannot see it."""

import pytest
from django.test import Client

from tests.factories import ImageFactory, make_practice

pytestmark = pytest.mark.django_db


def test_a_picture_has_sizes_and_its_alternative_text(client: Client) -> None:
    image = ImageFactory(file__width=1600, file__height=900)
    value = {"image": image, "alt": "Een tafel met acht stoelen", "caption": "Eigen foto"}
    body = client.get(make_practice(approach=[("image", value)]).url).content.decode()
    assert 'alt="Een tafel met acht stoelen"' in body
    assert "400w" in body
    assert "1400w" in body
    assert "Eigen foto" in body
