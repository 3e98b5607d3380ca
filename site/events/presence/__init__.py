"""At the event and after it: who was there, certificates, evaluation, thanks with materials."""
