"""What LinkedIn says, as data with citations. No behaviour beyond looking things up.

The SDK and the sandbox both read these tables; neither finds code here that encodes, decodes or validates a request.
"""
