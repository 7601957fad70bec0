from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "stockholm_intl.sample"
    label = "sample"
