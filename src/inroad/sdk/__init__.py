"""LinkedIn's APIs as Python."""
