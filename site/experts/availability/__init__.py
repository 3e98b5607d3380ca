"""When an expert is free: what she sets, what is in her calendar, and what follows from it."""
