"""Values that know nothing of HTTP: the clock, secrets, URNs."""
