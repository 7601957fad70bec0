"""What several kinds of field say."""

from django.utils.translation import gettext_lazy as _

EMPTY = _("Fältet är tomt. Fyll i det.")
NOT_CHOSEN = _("Välj ett av alternativen.")
