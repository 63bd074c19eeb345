"""The parts of a report about performance management."""
