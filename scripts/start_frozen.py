"""Start travelsec where PyInstaller has put it into one folder or file."""

from travelsec.cli.main import main

main()
