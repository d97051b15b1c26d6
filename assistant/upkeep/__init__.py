"""Upkeep: importing guidance, finding what an update changes, and signing content off."""
