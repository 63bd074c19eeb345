"""What people see outside the admin: the entry site and the public site."""
