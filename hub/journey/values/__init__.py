"""Fees, rates and limits with a first day: proposed by one, published by another."""
