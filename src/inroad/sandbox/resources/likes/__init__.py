"""Likes and the summaries of `socialActions`."""
