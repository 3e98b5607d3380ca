"""Practices as rows of a spreadsheet: the same columns for the template, the import and the export."""
