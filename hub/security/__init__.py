"""What keeps customers' data theirs: keys, sealing, redaction, sign-in, rights and audit."""
