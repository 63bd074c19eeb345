"""The entry site, `/entry/`: where a department enters its report."""
