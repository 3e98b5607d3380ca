"""A practice as a PDF of at most two pages, to take to a meeting."""

from practices.pdf.typesetting import practice_pdf

__all__ = ["practice_pdf"]
