"""Predicts which orders will be late, and whom to call."""
