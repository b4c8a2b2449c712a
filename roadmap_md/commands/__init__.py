"""The commands: plain functions, arguments in, exit code out.

0 done or clean, 1 problems found, 2 an error that the user can mend (a UserError).
"""
