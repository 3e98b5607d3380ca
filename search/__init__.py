"""Search: one small interface over an index that is a copy of the database. Imports none of the site's apps."""
