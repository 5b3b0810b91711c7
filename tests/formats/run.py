"""Holds what a build writes for other programs against those programs: tests/formats/run.py PATH-OF-DATELINE."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import sites

sites.DATELINE = pathlib.Path(sys.argv[1]).resolve()
sites.OUTS = sites.build(sites.DATELINE)
suite = unittest.defaultTestLoader.discover(str(pathlib.Path(__file__).parent), pattern="test_*.py")
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
bad = len(result.failures) + len(result.errors)
print(f"# pass {result.testsRun - bad}\n# fail {bad}")
sys.exit(bad > 0)
