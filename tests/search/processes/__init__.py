"""Real processes on one database file and one index directory, as the web workers of an installation are."""
