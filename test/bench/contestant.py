"""A program that takes part in a contest: contestant.ts, for Python."""

import json
import resource
import sys
import time


def contest():
    """What is measured: the last argument."""
    return json.loads(sys.argv[-1])


def compete(run):
    """Answers the lines on stdin by repeating `run`."""
    _answer("ready")
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        _answer({"wall": 1e3 * (time.perf_counter() - wall), "cpu": 1e3 * (time.process_time() - cpu)})
    _answer({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def _answer(message):
    print(json.dumps(message), flush=True)
