"""Finding: every kind of public content in one registry, and the search page, lists and suggestions made of it."""
