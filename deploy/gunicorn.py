"""gunicorn's settings: two processes of four threads each suit two cores; more cores, more processes."""

import os

from prometheus_client import multiprocess

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
reuse_port = True
keepalive = 30
timeout = 30
graceful_timeout = 20
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - heartbeats, not data
accesslog = None  # app.web logs each request with its route
errorlog = "-"
loglevel = "warning"


def child_exit(server, worker):  # noqa: ARG001 - gunicorn's signature
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
