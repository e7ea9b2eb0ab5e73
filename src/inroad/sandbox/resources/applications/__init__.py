"""Applications that people send at LinkedIn, and what their partners make of them."""
