"""Members as apps see them: `me`, `people`, `userinfo`, e-mail handles, the number of connections."""
