"""Mentions to entities: one resolver for each kind, on a shared ladder of rules."""
