"""Phone calls: how they arrive, what is done with each Leg, and what people do with them."""
