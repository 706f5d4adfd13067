"""`python -m spink.foundation.embedded FOLDER`: start the server, and make its data at first."""

import sys
from pathlib import Path

from spink.foundation.embedded.access import Access
from spink.foundation.embedded.cluster import EmbeddedServerError


def main() -> None:
    Access(Path(sys.argv[1]).resolve()).sockets()


if __name__ == "__main__":
    try:
        main()
    except EmbeddedServerError as problem:
        sys.exit(str(problem))
