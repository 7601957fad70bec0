"""/halsa/: what a probe or a load balancer asks. It says which part is away, and nothing about what is in it."""

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from stockholm_intl.celery import app


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 without the database. Without Redis the pages still work: jobs wait, and that is told."""
    database = database_answers()
    parts = {"database": database, "queue": queue_answers()}
    return JsonResponse({"ok": database, **parts}, status=200 if database else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def queue_answers() -> bool:
    try:
        with redis.from_url(app.conf.broker_url, socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
