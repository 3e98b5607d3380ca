"""Mail that goes out after commit and is never lost: a row first, then an attempt, then another."""
