"""The directory: finding experts, their page, references, and keeping one's own profile."""
