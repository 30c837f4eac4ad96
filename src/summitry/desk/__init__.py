"""The only place where a study meets files: the command line and the web page call this and nothing below it."""
