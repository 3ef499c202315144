"""The console's HTTP: API, pages, files, survey."""
