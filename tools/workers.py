"""Shows two real workers train together, on a network of their own; takes options of theirs."""

import json
import os
import subprocess
import sys

import private_network

ADDRESSES = ["127.0.0.1:2222", "127.0.0.1:2223"]
INSIDE = "--inside"


def start(index: int, options: list[str]) -> subprocess.Popen:
    """Start one worker, as somebody would on its machine."""
    task = {"type": "worker", "index": index}
    config = json.dumps({"cluster": {"worker": ADDRESSES}, "task": task})
    print(f"TF_CONFIG='{config}' python -m helpers.scaling.worker {' '.join(options)}", flush=True)
    command = [sys.executable, "-m", "helpers.scaling.worker", *options]
    return subprocess.Popen(command, env=os.environ | {"TF_CONFIG": config})


def main() -> int:
    """Start both and wait, or say why that cannot be."""
    arguments = sys.argv[1:]
    if arguments[:1] == [INSIDE]:
        workers = [start(index, arguments[1:]) for index in range(len(ADDRESSES))]
        return max(abs(worker.wait()) for worker in workers)
    problem = private_network.why_not()
    if problem:
        print(
            "TensorFlow's servers listen on every interface and ask for no password, so two of "
            f"them are started only on a network of their own. Not here: {problem}."
        )
        return 0
    return private_network.run([sys.executable, __file__, INSIDE, *arguments])


if __name__ == "__main__":
    sys.exit(main())
