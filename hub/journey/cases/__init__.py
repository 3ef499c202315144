"""Cases: the Customer's matter over any channels, followed until it is solved."""
