"""What people do with posts: one store of comments and reactions under every API and the console.

`social` holds the store and the rules that several resources share; `comments`, `likes`, `reactions` and
`social_metadata` show it in LinkedIn's ways.
"""
