"""Names of countries that the library gives in English, or by a name nobody in the city uses."""

from django.utils.translation import gettext_lazy as _

SWEDISH_NAMES = {
    "AL": _("Albanien"),
    "AS": _("Amerikanska Samoa"),
    "AU": _("Australien"),
    "BR": _("Brasilien"),
    "BV": _("Bouvetön"),
    "CA": _("Kanada"),
    "CC": _("Kokosöarna"),
    "CU": _("Kuba"),
    "CV": _("Kap Verde"),
    "EG": _("Egypten"),
    "FK": _("Falklandsöarna"),
    "GE": _("Georgien"),
    "HK": _("Hongkong"),
    "ID": _("Indonesien"),
    "IN": _("Indien"),
    "JO": _("Jordanien"),
    "KH": _("Kambodja"),
    "LB": _("Libanon"),
    "MK": _("Nordmakedonien"),
    "NF": _("Norfolkön"),
    "PH": _("Filippinerna"),
    "PN": _("Pitcairnöarna"),
    "PS": _("Palestina"),
    "SS": _("Sydsudan"),
    "SZ": _("Eswatini"),
    "TD": _("Tchad"),
    "US": _("USA"),
    "VA": _("Vatikanstaten"),
}
