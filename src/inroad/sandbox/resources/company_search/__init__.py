"""Organizations by name: the restricted `/v2/companySearch`."""
