"""Make the pictures of the papers anew, from real runs.

    python docs/pictures

They are written beside this file; each module has a function that gives their names and contents.
"""

from pathlib import Path

import printed
import report
import screens

MAKERS = (printed.pictures, screens.pictures, report.pictures)


def main() -> None:
    for pictures in MAKERS:
        for name, data in pictures():
            (Path(__file__).parent / name).write_bytes(data)
            print(name)


if __name__ == '__main__':
    main()
