"""The self-hosted service: rooms by what they are about, tied together in `wiring`."""
