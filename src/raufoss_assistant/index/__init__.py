"""The index: manifest, vectors and words of the corpus, built aside and swapped in."""
