"""What bot and IVR may do for a customer, gated by what the customer has proved."""
