"""The journal's crash points."""

from hub.adapters.crashpoints import declare

BEFORE_COMMIT = declare("journal.before_commit")
AFTER_COMMIT = declare("journal.after_commit")
