"""The compiled library: content in, one folder out that questions are answered from."""
