"""Who wants to be told of social actions: `eventSubscriptions`."""
