"""Certificates: a page on paper and a code with which everybody can check it. Rooms register what they give out."""
