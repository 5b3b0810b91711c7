#!/usr/bin/env python3
"""The seconds that worst cases take: one page, one file, one list that grows, at n, 2n and 4n.

    benches/worst/run.py                              every case, at 1,250, 2,500 and 5,000
    benches/worst/run.py --only claims,groups         those whose names begin so
    benches/worst/run.py --largest 20000              at 5,000, 10,000 and 20,000
    DATELINE=PROGRAM benches/worst/run.py             a program that is built already

User seconds of whole processes on one thread, as the system counts them, so that they mean something on a machine that is
not quiet. Where a process takes more than --limit of them, it is ended, and the rest of its row left out. Ends with 1 where
something takes longer than --most at its largest size. `benches/instructions` counts the same cases more exactly.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "peers")]
import cases  # noqa: E402
import generators  # noqa: E402


def seconds(program, make, size, expected, limit):
    """Returns the user seconds of one case; `None` where it takes too long."""
    with tempfile.TemporaryDirectory(prefix="dateline-worst-") as name:
        folder = Path(name)
        command = make(folder, size)
        with open(folder / "told", "w", encoding="utf-8") as told:
            before = os.times().children_user
            done = subprocess.run([program, *command], cwd=folder, stdout=told, stderr=told, check=False,
                                  env={**os.environ, "RAYON_NUM_THREADS": "1"},
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)))
            used = os.times().children_user - before
        if used >= limit - 1 and done.returncode < 0:
            return None
        if done.returncode != expected:
            end = (folder / "told").read_text(encoding="utf-8", errors="replace")[-1000:]
            raise OSError(f"`dateline {' '.join(command)}` ended with {done.returncode}, and not with {expected}:\n{end}")
        return used


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose names begin so, with commas between them")
    parser.add_argument("--largest", type=int, default=5_000, help="4n (5,000)")
    parser.add_argument("--limit", type=int, default=60, help="the seconds of work after which a process is ended (60)")
    parser.add_argument("--most", type=float, default=2, help="the user seconds that are promised at 4n (2)")
    return parser.parse_args()


def main():
    options = read_options()
    program = os.path.abspath(generators.dateline())
    sizes = [options.largest // 4, options.largest // 2, options.largest]
    print(f"| what grows | | {' | '.join(f'{size:,}' for size in sizes)} |\n|---|---|{'--:|' * len(sizes)}", flush=True)
    slow = []
    for name, make in cases.ALL.items():
        if not name.startswith(tuple(options.only.split(","))):
            continue
        expected, found = int(name in cases.MISTAKEN), []
        for size in sizes:
            if None not in found:
                found.append(seconds(program, make, size, expected, options.limit))
        shown = [f"{value:.2f}" if value is not None else "–" for value in found] + ["–"] * (len(sizes) - len(found))
        print(f"| {name} | {make.__doc__.rstrip('.')} | {' | '.join(shown)} |", flush=True)
        slow += [name] if found[-1] is None or found[-1] > options.most else []
    if slow:
        sys.exit(f"\nerror: more than {options.most:g} s: {', '.join(slow)}")


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"error: {error}")
