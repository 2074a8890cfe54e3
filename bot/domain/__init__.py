"""The rules of the house: pure, standard library only, no clock and no I/O."""
