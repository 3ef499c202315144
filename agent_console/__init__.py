"""The live desk: socket, feed, wallboard, HTTP of the staff and the survey page."""
