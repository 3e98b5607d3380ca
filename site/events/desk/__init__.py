"""The organiser's side, in the admin: who comes, mail, copying, moving, cancelling, figures."""
