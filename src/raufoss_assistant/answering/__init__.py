"""From passages to an answer: which sentences answer, whether anything does, and the proof that each quote stands."""
