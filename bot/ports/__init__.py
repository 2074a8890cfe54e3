"""What the product needs from outside, as protocols."""
