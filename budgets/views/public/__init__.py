"""The public site: frozen publications only."""
