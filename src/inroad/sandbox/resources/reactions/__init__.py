"""Reactions: `/rest/reactions`."""
