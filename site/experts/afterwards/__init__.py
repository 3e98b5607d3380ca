"""After a delivery: evaluation, report, certificate, and what is shared with everybody."""
