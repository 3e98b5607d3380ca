"""The text of uploaded documents: taken out in a process of its own, kept beside the document."""
