"""Measures of the contact centre: folds over events, each measure defined once."""
