"""Quiz mode: items with a key that the guidance proves, papers drawn from them, attempts and their
results."""
