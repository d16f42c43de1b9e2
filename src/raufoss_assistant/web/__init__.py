"""The chat page and the HTTP interface."""

SOMETHING_WRONG = "Noe gikk galt. Prøv igjen."
"""What a visitor is told of an error nobody foresaw; the log has the rest."""
