"""Robots who use the demo over the same sockets as people do."""
