"""What every rule of the house that says no has in common."""


class RuleBroken(Exception):
    """A rule of the house says no. `message` is Swedish and says how to mend it; `field` is what in the form it is about."""

    def __init__(self, message: object, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field
