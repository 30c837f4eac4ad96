"""Arrays in, arrays out: the computations that must be fast, and nothing else.

The rules of this folder:

1. A kernel knows numbers and axes only: no case types, no files, no clock, no printing, no global state; a random
   generator is an argument.
2. The module that others import (`pareto`, `bargain`, `draw`, `order`) checks its input and holds the numpy reference, which
   also serves small input. What is wrong it names by a code, or by shapes and numbers; its caller puts that in words.
   Compiled functions stand in private modules (`_pareto_two`) that are imported inside a function where the work is large,
   so that importing summitry never imports numba and a small case never waits for a compiler.
3. Both ways give the same bytes: comparisons are made on exact integers (`_exact`), never on rounded sums.
4. Every kernel has a slow, obvious twin in tests/oracles, and both are compared on random input.
"""
