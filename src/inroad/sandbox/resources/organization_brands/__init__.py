"""Showcase pages: `organizationBrands` and its look-up."""
