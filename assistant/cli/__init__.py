"""The command line: reads arguments, prints; no logic of its own."""
