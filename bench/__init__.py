"""The measurements behind docs/benchmarks.md: `make bench`. Not part of the site."""
