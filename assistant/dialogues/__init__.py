"""Structured dialogues: procedures walked step by step, without a screen in them."""
