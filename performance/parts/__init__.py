"""What performance management contributes to a report."""
