"""Learning paths for new employees: what to read, words explained, and questions whose answers are proved."""
