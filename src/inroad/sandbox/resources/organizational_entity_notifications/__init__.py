"""What happened to a page's posts: `/rest/organizationalEntityNotifications`."""
