"""Use cases: one file per feature, one transaction each."""
