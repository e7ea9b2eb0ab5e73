"""Views and clicks of brands' pages: `brandPageStatistics`."""
