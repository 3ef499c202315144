"""Teaching: sentences beside the files, models of them, compared before they are in force."""
