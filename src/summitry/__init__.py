"""summitry prepares hard negotiations: which deals are possible, what each costs, where to start and in what order."""

__version__ = "0.1.0"
