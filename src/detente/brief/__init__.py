"""What an analyst hands on."""
