"""`gunicorn -c python:spink.settings.gunicorn spink.wsgi`: the web server of production."""

from spink.settings.base import env
from spink.settings.logs import LOGGING

bind = env.str("BIND", default="0.0.0.0:8000")
workers = env.int("WORKERS", default=2)
worker_class = "gthread"
threads = env.int("THREADS", default=4)
timeout = 60
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a heartbeat must not wait for a disk
control_socket_disable = True
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(M)sms"  # the path alone: a query may name somebody
logconfig_dict = LOGGING
