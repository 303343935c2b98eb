"""Commands that write sources: new essays, plays and series, and changes of names and order."""
