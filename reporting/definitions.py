"""What each figure means, in words for the paper's last page and for the page behind the number."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    term: object
    text: object


DEFINITIONS = {
    "memberships": Definition(
        _("Medlemskap"),
        _(
            "Organisationer, nätverk, initiativ och deklarationer där staden eller ett organ är med när året är slut. "
            "Det som avslutas den 31 december räknas inte. Varje medlemskap har en form."
        ),
    ),
    "theme": Definition(
        _("Tema"),
        _("Det tema som står på medlemskapet. Teman som bara skiljer i skiftläge eller skiljetecken räknas som ett."),
    ),
    "new": Definition(_("Nya"), _("Medlemskap som ingicks under året.")),
    "ended": Definition(
        _("Avslutade"),
        _("Medlemskap som avslutades under året. Årets slut är förra årets slut plus nya minus avslutade."),
    ),
    "posts": Definition(
        _("Förtroendeuppdrag"),
        _(
            "Medlemskap vid årets slut där staden har ett uppdrag, till exempel en styrelseplats. "
            "Ett medlemskap räknas en gång."
        ),
    ),
    "reviews": Definition(
        _("Omprövningar"), _("Omprövningar av medlemskap och intentionsavtal som fick sitt utfall under året.")
    ),
    "reviews_next": Definition(
        _("Att ompröva"),
        _("Medlemskap och intentionsavtal vars omprövning ska vara gjord året efter rapportåret."),
    ),
    "agreements": Definition(
        _("Avtal"), _("Samarbetsavtal, intentionsavtal och vänortsavtal som gäller den 31 december.")
    ),
    "agreements_ending": Definition(
        _("Avtal som löper ut"), _("Avtal som gäller vid årets slut och har sin sista dag året efter rapportåret.")
    ),
    "inputs": Definition(
        _("EU-inspel"),
        _(
            "Svar på EU-samråd, ståndpunkter, möten och inspel genom nätverk som lämnades under året. "
            "Svar på svenska remisser räknas inte, och inte kandidaturer."
        ),
    ),
    "area": Definition(_("Politikområde"), _("Det område ansvarigt organ har angett. Varje inspel har ett område.")),
    "funding": Definition(
        _("EU-finansiering"),
        _(
            "Extern finansiering för året i EU-projekt som staden har beslutat om, ur projektens egna årsbelopp. "
            "Stadens egen insats ingår inte."
        ),
    ),
    "projects": Definition(
        _("EU-projekt"),
        _("Beslutade EU-projekt som pågick någon dag under året eller har belopp för året."),
    ),
    "body": Definition(_("Organ"), _("Det organ som ärendet hör till när siffrorna tas fram.")),
    "visits": Definition(
        _("Besök"),
        _(
            "Besök från utlandet med beslut att ta emot och första dag under året, på plats eller digitalt. "
            "Besök inom landet och inbjudningsbrev räknas inte. Ett besök räknas en gång."
        ),
    ),
    "people": Definition(
        _("Besökare"), _("Antal personer som kom, enligt värden efter besöket. Saknas det: antalet i förfrågan.")
    ),
    "mean": Definition(_("Personer per besök"), _("Besökare delat med de besök där antalet är känt.")),
    "digital": Definition(_("Digitala besök"), _("Besök som helt hölls digitalt; andelen är av alla besök i raden.")),
    "region": Definition(
        _("Region"),
        _(
            "Besökarens land. Norden och övriga EU först, sedan världsdelar enligt FN:s indelning (M49); "
            "Turkiet och Kaukasus räknas där till Asien, Mexiko till Latinamerika. "
            "Ett land som är sekretessmarkerat räknas som att det saknas."
        ),
    ),
    "state_visits": Definition(_("Statsbesök"), _("Besök som är registrerade som statsbesök. De ingår i besöken.")),
    "receptions": Definition(
        _("Mottagningar"),
        _("Representationsmottagningar med dag under året, beviljade eller avslagna. Gäster räknas för de beviljade."),
    ),
    "conferences": Definition(
        _("Konferenser"), _("Internationella konferenser i Stockholm med staden som värd och första dag under året.")
    ),
    "meetings": Definition(_("Sammanträden"), _("Möten i Internationella beredningen som hölls under året.")),
    "decisions": Definition(
        _("Beslut på delegation"),
        _(
            "Bifall, bifall med ändring och avslag under året i ärenden som behandlats i Internationella beredningen. "
            "Bordläggning, återremiss och det som lagts till handlingarna räknas inte. Ett ärende kan ha flera beslut."
        ),
    ),
    "engagements": Definition(
        _("Engagemang"),
        _(
            "Ärenden som levde någon dag under året, oavsett form: från att de registrerades, eller från sin första "
            "dag om den är tidigare, till sin sista dag eller till att de avslogs eller avslutades."
        ),
    ),
    "main_direction": Definition(
        _("Huvudinriktning"),
        _("Varje engagemang har en huvudinriktning och räknas en gång, så att summan är alla engagemang."),
    ),
    "any_direction": Definition(
        _("Övrig inriktning"),
        _("Ett engagemang kan ha fler inriktningar än huvudinriktningen och räknas då en gång för var och en."),
    ),
}

GENERAL = (
    Definition(
        _("Förändring"),
        _("Årets värde minus föregående års värde, med samma definition båda åren. ±0 betyder oförändrat."),
    ),
    Definition(
        _("Avrundning"),
        _(
            "Mnkr är miljoner kronor med en decimal. Summor räknas på orundade tal och kan skilja sig från delarna "
            "med 0,1."
        ),
    ),
    Definition(
        _("Ur registret"),
        _(
            "Utkast och makulerade ärenden räknas inte. Sekretessmarkerade ärenden räknas men står inte i bilagan, "
            "och bara den som får läsa dem ser dem i listan bakom ett tal. Deras land, tema, politikområde och program "
            "räknas som att de saknas."
        ),
    ),
)
