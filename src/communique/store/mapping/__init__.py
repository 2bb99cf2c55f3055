"""Records ↔ rows: each file holds both directions of some record types side by side, so that they cannot drift apart."""
