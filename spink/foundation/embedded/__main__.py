"""`python -m spink.foundation.embedded FOLDER...`: make the embedded clusters that are not there."""

import sys
from pathlib import Path

from spink.foundation.embedded.access import Access
from spink.foundation.embedded.cluster import EmbeddedServerError


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        if not (folder / "data" / "PG_VERSION").is_file():
            Access(folder.resolve()).sockets()


if __name__ == "__main__":
    try:
        main()
    except EmbeddedServerError as problem:
        sys.exit(str(problem))
