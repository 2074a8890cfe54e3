"""What the operator types: one file for each command of `python -m bot`, and the table that lists them."""
