"""Is this process well? `python -m stockholm_intl.kit.probe web|worker NAME|beat` answers by its exit code."""

import json
import os
import socket
import sys
import time
import urllib.request

STALE = 60.0


def web() -> bool:
    """Asked as the proxy would ask, but on this machine."""
    port = os.environ.get("PORT") or "8000"
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/halsa/", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return bool(json.load(answer)["ok"])


def worker(name: str) -> bool:
    """Its main process answers over the queue, also while a task runs."""
    from stockholm_intl.celery import app

    node = f"{name}@{socket.gethostname()}"
    return bool(app.control.ping(destination=[node], timeout=4))


def beat() -> bool:
    """It ticks, or stands by for the one that does."""
    from django.conf import settings

    return time.time() - os.path.getmtime(settings.BEAT_ALIVE) < STALE


def main() -> int:
    what, *names = sys.argv[1:]
    try:
        well = worker(*names) if what == "worker" else {"web": web, "beat": beat}[what]()
    except OSError as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
