"""The guidance itself: publications in sections and passages, citations, glossary, contacts,
countries."""
