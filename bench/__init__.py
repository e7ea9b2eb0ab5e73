"""Measurements, each beside its reference in the same run. `make bench` prints them; nothing here is a test."""
