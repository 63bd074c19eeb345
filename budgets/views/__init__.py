"""The pages outside the admin: the entry site and the public site."""
