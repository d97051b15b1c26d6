"""The terminal interface, in Textual: one of the two faces of the assistant."""
