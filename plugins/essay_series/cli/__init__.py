"""The command line: one subcommand of ``essays`` for each verb of an author's work."""
