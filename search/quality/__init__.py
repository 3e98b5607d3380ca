"""How good the ranking is, measured on judged queries. Used by `manage.py search_quality`, never by the site."""
