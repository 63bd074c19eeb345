"""Read the spreadsheet on the standard input, within so many seconds of computing and bytes of addresses."""

from __future__ import annotations

import gc
import os
import resource
import sys

from .apart import NO_MEMORY, REFUSED
from .cells import SpreadsheetRefused
from .reading import read
from .transfer import dump


def main(cpu: int, memory: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()
    try:
        said, status = dump(read(sys.stdin.buffer.read())), 0
    except SpreadsheetRefused as refused:
        said, status = refused.message.encode(), REFUSED
    except MemoryError:
        return NO_MEMORY
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    os._exit(main(int(sys.argv[1]), int(sys.argv[2])))
