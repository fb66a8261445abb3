# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The four companies and the people who log in."""

from typing import NamedTuple

#: Languages that the demo needs, apart from English.
LANGUAGES = ("fr_BE", "nl_BE", "de_DE")


class Company(NamedTuple):
    """A demo company. serial makes its numbers (see identifiers), zone is its telephone zone without the 0."""

    key: str
    serial: int
    name: str
    lang: str
    street: str
    zip: str
    city: str
    zone: str
    domain: str
    colour: str
    letter: str
    on_peppol: bool


COMPANIES = (
    Company(
        key="liege",
        serial=1,
        name="Menuiserie Hêtrepierre SRL",
        lang="fr_BE",
        street="Rue des Copeaux-Légers 7",
        zip="4020",
        city="Liège",
        zone="4",
        domain="hetrepierre.example",
        colour="#7a4a21",
        letter="H",
        on_peppol=True,
    ),
    Company(
        key="gent",
        serial=2,
        name="Zilverpluim Webwinkel BV",
        lang="nl_BE",
        street="Zilverpluimkaai 18",
        zip="9000",
        city="Gent",
        zone="9",
        domain="zilverpluim.example",
        colour="#1f5f7a",
        letter="Z",
        on_peppol=True,
    ),
    Company(
        key="brussel",
        serial=3,
        name="Chiffrelune – Cijfermaan SRL/BV",
        lang="fr_BE",
        street="Rue de la Lune Comptée 29 / Getelde Maanstraat 29",
        zip="1000",
        city="Bruxelles / Brussel",
        zone="2",
        domain="chiffrelune.example",
        colour="#4b2e83",
        letter="C",
        on_peppol=True,
    ),
    # Not connected to Peppol yet: the demo needs a company that still has this step to take.
    Company(
        key="eupen",
        serial=4,
        name="Garage Funkelrad GmbH",
        lang="de_DE",
        street="Funkelradgasse 11",
        zip="4700",
        city="Eupen",
        zone="87",
        domain="funkelrad.example",
        colour="#8a1c1c",
        letter="F",
        on_peppol=False,
    ),
)


class User(NamedTuple):
    """A login of the demo; the password is the login. The first company is the one that opens."""

    login: str
    name: str
    lang: str
    companies: tuple
    groups: tuple


OWNER = (
    "account.group_account_manager",
    "base.group_partner_manager",
    "be_digital_cheque.group_digital_cheque_user",
    "purchase.group_purchase_manager",
    "sales_team.group_sale_manager",
    "stock.group_stock_user",
)
ACCOUNTANT = (
    "account.group_account_user",
    "base.group_partner_manager",
    "be_digital_cheque.group_digital_cheque_accountant",
)

USERS = (
    User("liege", "Amandine Copeau", "fr_BE", ("liege",), OWNER),
    User(
        "gent",
        "Wout Pluimers",
        "nl_BE",
        ("gent",),
        (*OWNER, "stock.group_stock_manager", "website.group_website_designer"),
    ),
    User("brussel", "Nadia Lunel", "fr_BE", ("brussel",), OWNER),
    User("eupen", "Jutta Funkel", "de_DE", ("eupen",), OWNER),
    User("comptable", "Tom Cijfers", "nl_BE", ("brussel", "liege"), ACCOUNTANT),
)
