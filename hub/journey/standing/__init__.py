"""Segment, lifecycle stage, manager and value of customers, kept true by the operator's rules."""
