"""Norwegian document assistant for the industrial cluster at Raufoss."""
