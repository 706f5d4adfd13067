"""One document, in a process of its own that may take so much time and memory and no more.

What it gives back is its first line, `clean` or the reason of a refusal, and the document.
"""

import resource
import sys
from typing import Final

from spink.foundation.files.cleaning import Refused, cleaned
from spink.foundation.files.kinds import Kind

MOST_MEMORY: Final = 2 * 1024**3
MOST_SECONDS: Final = 30


def main(ending: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = b"clean\n" + cleaned(sys.stdin.buffer.read(), Kind.by_ending(ending))
    except Refused as refused:
        answer = f"{refused.reason}\n".encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1])
