"""What the public functions of `toynets` do, one file per function.

The functions of a name, an entry of the zoo, a network or a file come together here; the command
line prints what they return.
"""
