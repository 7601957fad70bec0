"""axe finds nothing serious or critical on the pages of the main jobs, in light and dark, with errors shown too.

A page is fetched once and looked at in every way: what depends on the colours is asked again in the dark, and each width
is tried on the page as it stands.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.access.world import World
from tests.people import People

# (who, address with the world's names in braces)
PAGES = [
    ("contact", "/"),
    ("contact", "/besok/"),
    ("contact", "/besok/?land=FI"),
    ("contact", "/besok/nytt/"),
    ("contact", "/besok/{visit}/"),
    ("contact", "/besok/{visit}/andra/"),
    ("contact", "/besok/{visit}/bedom/"),
    ("contact", "/besok/{booked}/folj-upp/"),
    ("contact", "/medlemskap/"),
    ("contact", "/medlemskap/omprovas/"),
    ("contact", "/medlemskap/{membership}/"),
    ("contact", "/medlemskap/{membership}/omprova/"),
    ("contact", "/uppdrag/"),
    ("contact", "/uppdrag/{referred}/"),
    ("contact", "/sok/?q=besök"),
    ("contact", "/register/organ/"),
    ("contact", "/finns-inte/"),
    ("head", "/arenden/{proposed}/besluta/"),
    ("ib_secretary", "/beredning/"),
    ("ib_secretary", "/beredning/ny/"),
    ("ib_secretary", "/beredning/{meeting}/"),
    ("ib_secretary", "/arenden/{proposed}/hanskjut/"),
    ("ib_secretary", "/beredning/{held}/anmal/"),
    ("controller", "/rapporter/"),
    ("controller", "/rapporter/2025/"),
    ("controller", "/rapporter/2025/tal/visits/"),
    ("controller", "/rapporter/utgava/{report}/"),
    ("controller", "/jobb/{job}/"),
]
FORMS = [
    ("contact", "/besok/nytt/"),
    ("contact", "/besok/{visit}/bedom/"),
    ("contact", "/uppdrag/nytt/?slag=resa"),
    ("contact", "/medlemskap/{membership}/omprova/"),
    ("ib_secretary", "/beredning/ny/"),
]
WIDTHS = (320, 390, 768, 1600)


def filled(address: str, world: World) -> str:
    return address.format(**{name: args[0] for name, args in world.args.items() if args})


def faults(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}}).response["violations"]
    return [
        f"{page.url} {fault['id']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} scrolls sideways at {width}")
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    return found


def test_every_page_of_the_main_jobs(people: People, sign_in: Any) -> None:
    world, wrong = World(people), []
    for who in dict.fromkeys(who for who, _address in PAGES):
        page = sign_in(getattr(people, who), bypass_csp=True)
        for address in (address for person, address in PAGES if person == who):
            page.goto(filled(address, world))
            page.wait_for_load_state("networkidle")
            wrong += faults(page) + too_wide(page)
    assert not wrong, "\n".join(wrong)


def test_forms_with_their_errors_shown(people: People, sign_in: Any) -> None:
    world, wrong = World(people), []
    for who in dict.fromkeys(who for who, _address in FORMS):
        page = sign_in(getattr(people, who), bypass_csp=True)
        for address in (address for person, address in FORMS if person == who):
            page.goto(filled(address, world))
            page.locator("main form[method=post]").last.locator("button[type=submit]").first.click()
            page.locator(".wrongs").first.wait_for()
            wrong += faults(page) + too_wide(page)
    assert not wrong, "\n".join(wrong)


def test_signing_in_is_accessible_and_says_what_is_wrong(people: People, page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/konto/logga-in/")
    page.get_by_label("Användarnamn").fill("kontakt.miljo")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    page.get_by_text("Namnet och lösenordet hör inte ihop.").first.wait_for()
