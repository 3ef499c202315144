"""Mail in: the doors, and the one way behind them."""
