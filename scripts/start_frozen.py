"""Start travelsec where PyInstaller has put it into one folder or file."""

import sys

from travelsec.cli.main import main

if sys.argv[1:] == ["--serve-review"]:
    # A process that `review` starts: there is no Python here to start with `-c`.
    from travelsec.review.run import serve

    serve()
main()
