"""Playing the people: the control API."""
