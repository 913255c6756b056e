"""Forms of the counter and of the board: what an official types about a filing."""
