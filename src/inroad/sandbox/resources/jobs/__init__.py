"""Job postings: asked for in batches, settled by tasks, looked up by the partner's own ids."""
