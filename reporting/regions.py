"""Which region a country belongs to: the United Nations' M49 list, with Norden and the EU taken out first."""

from reporting.enums import Region

HOME = "SE"

COUNTRIES = {
    Region.NORDEN: "AX DK FI FO GL IS NO SE SJ",
    Region.EU: "AT BE BG CY CZ DE EE ES FR GR HR HU IE IT LT LU LV MT NL PL PT RO SI SK",
    Region.EUROPE: "AD AL BA BY CH GB GG GI IM JE LI MC MD ME MK RS RU SM UA VA XK",
    Region.ASIA: (
        "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK"
        " PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    Region.NORTH_AMERICA: "BM CA PM US",
    Region.LATIN_AMERICA: (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX"
        " NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    Region.AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA"
        " NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    Region.OCEANIA: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}

REGION_OF = {code: region for region, codes in COUNTRIES.items() for code in codes.split()}


def region_of(country: str) -> Region:
    """The region of a country code; no country, or none that has a region (Antarctica), is UNKNOWN."""
    return REGION_OF.get(country, Region.UNKNOWN)
