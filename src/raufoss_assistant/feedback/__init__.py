"""What visitors said of the answers they got: kept apart from the index, with personal data masked."""
