"""The pages on which people see and change who belongs where."""
