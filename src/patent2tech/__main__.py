"""`python -m patent2tech` is the command line."""

from patent2tech.cli import main

if __name__ == "__main__":
    main()
