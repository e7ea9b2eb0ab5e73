"""The service over HTTP: the dashboard for people, the REST API for programs."""
