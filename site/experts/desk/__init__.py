"""VVSG's desk in the admin: the board, matching, questions to a group, figures."""
