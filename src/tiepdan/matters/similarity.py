"""How alike the texts of filings are: TF-IDF over pieces of words, marks left out.

Pieces of two to four letters stand between words and letters: text typed without marks, with
other word forms or slips of the keyboard still matches. The library is heavy (about 110 MB and
some seconds), so it is loaded by the first comparison, never when a process starts.
"""

from collections.abc import Sequence

from tiepdan.common.folding import fold

PIECES = (2, 4)


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """For each other text how alike it is, 0 to 1 (cosine)."""
    if not others or not text.strip():
        return [0.0] * len(others)
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - see above

    folded = [fold(one) for one in (text, *others)]
    vectors = TfidfVectorizer(
        analyzer="char_wb", ngram_range=PIECES, lowercase=False, sublinear_tf=True
    ).fit_transform(folded)
    return [float(score) for score in (vectors[1:] @ vectors[0].T).toarray().ravel()]
