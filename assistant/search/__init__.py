"""The search index over passages: BM25F over headings, text and everyday names."""
