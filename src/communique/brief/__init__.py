"""Digests of a record for people who read mail: what happened, what was said, what changed, what is coming, what is disputed."""
