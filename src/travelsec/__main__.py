"""`python -m travelsec`: the same as the command `travelsec`."""

from travelsec.cli.main import main

if __name__ == "__main__":
    main()
