"""What keeps the guidance true: published texts taken in, and what follows when they change."""
