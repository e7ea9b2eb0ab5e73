"""Durable jobs: a port (`port.py`) and its adapter on SQLite (`local.py`)."""
