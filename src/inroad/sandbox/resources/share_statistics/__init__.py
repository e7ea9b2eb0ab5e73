"""How a page's posts do: `organizationalEntityShareStatistics`."""
