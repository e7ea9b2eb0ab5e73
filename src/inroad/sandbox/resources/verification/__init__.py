"""Verified on LinkedIn: who a member is, and what of it LinkedIn has checked."""
