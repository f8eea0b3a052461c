"""Code from a patent: specification, scaffold or plan, files, tests, run, repair, trace, package."""
