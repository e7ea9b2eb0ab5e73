"""Apps, grants and authors: what a workspace may do at LinkedIn, and the vault that keeps it sealed."""
