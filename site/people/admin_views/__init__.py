"""VVSG's side of membership, in the admin: the queue, the LIVC-R circle, mergers, and what nobody answers for."""
