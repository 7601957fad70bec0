"""One PostgreSQL, told by an address in the environment."""

from typing import Any

from stockholm_intl.settings.places import env


def database(url: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address; a socket folder may stand as ?host=."""
    config: dict[str, Any] = dict(env.db_url_config(url))
    options = config.setdefault("OPTIONS", {})
    config["HOST"] = options.pop("host", config.get("HOST", ""))
    limits = {
        "statement_timeout": env.str("STATEMENT_TIMEOUT", default="0"),
        "lock_timeout": env.str("LOCK_TIMEOUT", default="30s"),
        "idle_in_transaction_session_timeout": env.str("IDLE_IN_TRANSACTION_TIMEOUT", default="10min"),
    }
    options["options"] = " ".join(f"-c {name}={value}" for name, value in limits.items())
    options.setdefault("connect_timeout", 5)
    # The same few questions are asked in every request: the server keeps their plans, which saves it a third of a list
    # page. Behind a pooler that shares connections between transactions, set PREPARE_THRESHOLD to nothing.
    options["server_side_binding"] = True
    threshold = env.str("PREPARE_THRESHOLD", default="5")
    options["prepare_threshold"] = int(threshold) if threshold else None
    return config | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
