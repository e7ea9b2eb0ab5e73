"""OAuth 2.0 and OpenID Connect as LinkedIn speaks them: consent, tokens, introspection, keys."""
