"""The REST API, version 1: what the command line uses, and other programs may. Bearer API keys, no cookies."""
