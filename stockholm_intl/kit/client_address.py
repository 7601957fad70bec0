"""From where a request came: the proxies before us tell, and nobody else is believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address; of an IPv6 one the network, since a household has millions of them.

    Each of our PROXY_COUNT proxies adds the address it saw at the end of X-Forwarded-For; what stands before was sent
    by the caller and may say anything.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXY_COUNT:
        seen = [*request.headers.get("X-Forwarded-For", "").split(","), *seen]
    told = seen[-1 - settings.PROXY_COUNT] if len(seen) > settings.PROXY_COUNT else seen[-1]
    try:
        address = ip_address(told.strip())
    except ValueError:
        return str(seen[-1])
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False).network_address)
    return str(address)
