"""Runs a command on a network that only it can reach, and leaves nothing of it running.

    python tools/private_network.py COMMAND ...

Linux can give a process namespaces of its own, by the program `unshare` that every distribution
has: its own network, with nothing but a loopback device, which is down at first, and its own
processes, all of which the kernel ends together with the first one.
"""

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading

UNSHARE = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"]
INSIDE = "--inside"
# Numbers of Linux that no module of Python knows: how to read and write the flags of a network
# device, and the two flags that it has when it works.
SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8913, 0x8914
IFF_UP, IFF_RUNNING = 0x1, 0x40


def why_not() -> str | None:
    """Say why there can be no private network here, if so."""
    if not sys.platform.startswith("linux"):
        return "only Linux has network namespaces"
    if shutil.which("unshare") is None:
        return "the program 'unshare' (package util-linux) is missing"
    tried = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True)
    return f"this system does not permit it ({tried.stderr.strip()})" if tried.returncode else None


def run(command: list[str]) -> int:
    """Run a command on a private network and return its exit status.

    The namespaces end when the pipe does, so also when this process is killed.
    """
    inside = [sys.executable, os.path.abspath(__file__), INSIDE, *command]
    process = subprocess.Popen([*UNSHARE, *inside], stdin=subprocess.PIPE)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        process.stdin.close()
        process.wait()


def run_inside(command: list[str]) -> int:
    """Bring up the loopback device; then run the command until it or the pipe ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        request = struct.pack("16sh", b"lo", 0)
        name, flags = struct.unpack("16sh", fcntl.ioctl(device, SIOCGIFFLAGS, request))
        fcntl.ioctl(device, SIOCSIFFLAGS, struct.pack("16sh", name, flags | IFF_UP | IFF_RUNNING))
    threading.Thread(target=end_with_the_pipe, daemon=True).start()
    status = subprocess.run(command, stdin=subprocess.DEVNULL).returncode
    return status if status >= 0 else 128 - status


def end_with_the_pipe() -> None:
    """Wait for the end of standard input, and end the namespaces with it."""
    while os.read(0, 1):
        pass
    os._exit(1)


def main() -> int:
    """Run what stands on the command line, or say why not."""
    arguments = sys.argv[1:]
    if arguments[:1] == [INSIDE]:
        return run_inside(arguments[1:])
    if not arguments:
        print(__doc__)
        return 2
    problem = why_not()
    if problem:
        print(f"No private network here: {problem}.", file=sys.stderr)
        return 1
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
