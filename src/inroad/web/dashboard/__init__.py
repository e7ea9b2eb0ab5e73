"""The dashboard: pages for people. Rules live in the service; here they get their words and their looks."""
