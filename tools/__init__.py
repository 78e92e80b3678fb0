"""What is done to the checkout rather than with the program."""
