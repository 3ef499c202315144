"""The floor: what customers may do when nobody is free, and what supervisors change live."""
