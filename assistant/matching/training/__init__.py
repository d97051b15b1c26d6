"""How the matcher is learnt: the texts, the linear model, and the model on top."""

import os

# Set before NumPy is loaded: one thread adds in the same order on every machine, and several would
# only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
