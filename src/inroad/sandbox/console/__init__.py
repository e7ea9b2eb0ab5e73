"""The sandbox's own pages: what a person would look for on LinkedIn, and what the machine room shows."""
