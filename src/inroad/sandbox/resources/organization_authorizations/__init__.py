"""What a member may do for a page: `organizationAuthorizations`."""
