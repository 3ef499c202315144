"""Customers from a file: read carefully, judged row by row, stored so that twice is once."""
