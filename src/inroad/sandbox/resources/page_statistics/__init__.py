"""Views and clicks of pages: `organizationPageStatistics`."""
