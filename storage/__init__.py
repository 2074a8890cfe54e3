"""The database edge: the only place that imports a database."""
