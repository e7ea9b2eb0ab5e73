"""Advertising: accounts and what is under them, targeting, forecasts, audiences, conversions, reports."""
