"""Other people's pages: which of them the sources link to, what they answer, and what is remembered of that."""
