"""Sentences about goals and self-evaluation, which profiles put into their narrative."""
