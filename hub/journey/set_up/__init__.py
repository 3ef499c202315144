"""Published versions of set-up and the drafts before them: flows today, policies and more later."""
