"""Reports of delivery: `adAnalytics`, its finders, pivots and metrics over the one fact table."""
