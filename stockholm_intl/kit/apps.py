from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "stockholm_intl.kit"
    label = "kit"
    verbose_name = "Teknik"

    def ready(self) -> None:
        from stockholm_intl.kit import addresses  # noqa: F401 - registers the address converters

        from stockholm_intl import checks  # noqa: F401
