"""What an operation refused, on the form that was sent."""

from typing import Any


def say(form: Any, problem: Any) -> None:
    """Beside the field it named, and else over the form."""
    form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
