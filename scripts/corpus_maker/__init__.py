"""Turns Markdown sources into the PDF, Word, HTML, PowerPoint and Excel documents of the corpus."""
