"""A flow as a picture: where each step stands, and the picture as SVG."""
