"""Followers of a page to mention: `/rest/peopleTypeahead`."""
