"""E-mail: doors in and out, threads, and mails read without harm."""
