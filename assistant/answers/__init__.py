"""A question in a conversation becomes an Answer: an answer, a question back, or a refusal."""
