"""Make the seeds and their gold from the truth and the damage lists.

    python tests/gold/build.py            writes seeds/*.txt, *.jsonl, findings.jsonl, agreements.jsonl
    python tests/gold/build.py --check    writes nothing; exit code 1 if a committed file is not current

The truth (``<name>_truth.txt``) and the lists (``damage/<name>.yaml``) are written by hand, everything else
is computed from them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from press.edition import files


def main() -> int:
    """Write the files, or compare them with what stands on disk."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    made = {path: text.encode("utf-8") for path, text in files().items()}
    stale = [path for path, data in made.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        print(f"{'not current' if check else 'written'}: {path.name}", file=sys.stderr)
        if not check:
            path.write_bytes(made[path])
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
