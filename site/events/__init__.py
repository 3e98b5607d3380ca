"""Trainings, study days, intervision and the like: from their announcement to what stays of them."""
