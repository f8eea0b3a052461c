"""Benchmarks: figures for docs/benchmarks.md, as ratios against a peer in the same run where there is one."""
