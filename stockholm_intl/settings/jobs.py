"""Celery: how messages are delivered, how long a task may take, and what the clock starts."""

from celery.schedules import crontab

from stockholm_intl.settings.places import RUN_DIR, env, place

CELERY_BROKER_URL = env.str("REDIS_URL", default="")
CELERY_TIMEZONE = "Europe/Stockholm"
CELERY_TASK_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]

# With a result backend a publish hangs for 19 s when Redis is down; results stand in the database instead.
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True

# A killed worker's task comes again; kit.jobs counts its starts in the database, and parks it after three.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = env.int("TASK_TIME_LIMIT", default=240)
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT * 5 // 6
VISIBILITY_TIMEOUT = env.int("VISIBILITY_TIMEOUT", default=600)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0.1,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False

CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"reporting.*": {"queue": "reports"}}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

CELERY_BEAT_SCHEDULER = "stockholm_intl.kit.beat:SingleScheduler"
BEAT_ALIVE = place("BEAT_ALIVE", RUN_DIR / "beat-alive")
CELERY_BEAT_SCHEDULE = {
    "send on what was left in the outbox": {
        "task": "kit.relay_outbox",
        "schedule": 30,
        "options": {"expires": 25},
    },
    "clear away what is done": {
        "task": "kit.tidy",
        "schedule": crontab(hour="3", minute="30"),
    },
    "open the reviews that have come due": {
        "task": "memberships.flag_due_reviews",
        "schedule": crontab(hour="6", minute="15"),
    },
    "tell of the mandates that end": {
        "task": "organisation.notice_mandates",
        "schedule": crontab(hour="6", minute="25"),
    },
    "end what rested on mandates that have ended": {
        "task": "organisation.carry_out_endings",
        "schedule": crontab(minute="1"),
    },
    "let what is open follow bodies that merged": {
        "task": "engagements.carry_out_mergers",
        "schedule": crontab(minute="5"),
    },
}
