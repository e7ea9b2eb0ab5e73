"""LinkedIn on localhost: stateful, strict, with a clock to turn.

Nothing here imports `inroad.sdk` or `inroad.service`: the sandbox reads LinkedIn's documents for itself.
"""
