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
    return config | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
