"""Parts of addresses that take only what can be there: anything else is "not found" before the database is asked."""

from django.urls import register_converter


class KeyConverter:
    """A key of the register: INT-2026-00042."""

    regex = r"INT-[0-9]{4}-[0-9]{5,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(KeyConverter):
    """The code of a body: KS, 169, SDN-01."""

    regex = r"[0-9A-Za-zÅÄÖåäö_.-]{1,20}"


register_converter(KeyConverter, "key")
register_converter(CodeConverter, "code")
