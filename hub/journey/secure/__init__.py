"""Secure messages: sent by an agent, opened by the customer after a proof, and answered there."""
