"""What gunicorn serves. Only here do requests get the short database timeouts of the web."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("STATEMENT_TIMEOUT", "15s")
os.environ.setdefault("LOCK_TIMEOUT", "3s")
os.environ.setdefault("IDLE_IN_TRANSACTION_TIMEOUT", "60s")

application = get_wsgi_application()
