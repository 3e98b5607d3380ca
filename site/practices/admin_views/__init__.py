"""The pages that practices add to the admin."""
