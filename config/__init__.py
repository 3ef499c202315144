"""Assembles the product: settings, wiring, the ASGI application, the command line."""
