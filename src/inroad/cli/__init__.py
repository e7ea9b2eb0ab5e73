"""The command line: one file per group of commands. Commands parse and print; what they do lives in lower floors."""
