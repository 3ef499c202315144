"""Finding customers and closed Contacts, and saying whose record a Contact belongs to."""
