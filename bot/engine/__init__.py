"""Which intent a sentence has: n-grams when they are sure, sentence vectors when they are not."""
