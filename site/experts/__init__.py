"""The expert pool: who is in it, when they are free, and bookings from the question to the evaluation."""
