"""What readers search for, counted without any person: words, filters, hits, whether something was opened, by day."""
