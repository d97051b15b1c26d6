"""How good the answers are: labelled questions, marks, and the figures made of them."""
