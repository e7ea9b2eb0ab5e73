"""The client's Rest.li codec: pure functions on text and values, no HTTP."""
