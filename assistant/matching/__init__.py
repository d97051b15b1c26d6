"""What a question means: its words normalised, the intent that fits it, and how sure that is."""
