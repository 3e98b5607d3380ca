"""Mail to participants: to whom, with which words, sent once to each whatever happens in between."""
