"""Analysis of Norwegian text: cleaning, sentences, words, languages and dates."""
