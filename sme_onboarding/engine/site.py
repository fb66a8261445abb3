# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a page of a firm's own website shows. Plain Python: no Odoo, no network.

The particulars are those of article XII.6 of the Belgian Code of Economic Law: name, geographic address, contact data
with the e-mail address, enterprise number and VAT number.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

SOCIAL = {
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "x.com": "X",
    "twitter.com": "X",
    "pinterest.com": "Pinterest",
}
# Days as English, French, Dutch and German pages write them, at the beginning of a line or sentence.
DAYS = (
    r"mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lun(?:di)?|mar(?:di)?"
    r"|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?|ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?"
    r"|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonntag|mo|mi|fr|sa|so"
)
HOURS = re.compile(rf"\b(?:{DAYS})\b[^0-9]{{0,60}}\b\d{{1,2}}\s?(?:[:.hu]\s?\d{{2}}|h|u|uur)", re.IGNORECASE)
LEGAL = re.compile(
    r"legal|mention|conditions|voorwaarden|juridisch|impressum|contact|about|over-ons|a-propos", re.IGNORECASE
)
_SILENT = {"script", "style", "template", "noscript"}


@dataclass(frozen=True)
class Page:
    """``text``: what one reads, spaces folded. ``links``: the addresses as they stand. ``data``: JSON-LD blocks."""

    text: str
    links: tuple
    data: tuple = ()


@dataclass(frozen=True)
class Facts:
    """Who the firm is. Empty: not known here, so not looked for."""

    name: str = ""
    number: str = ""
    street: str = ""
    zip: str = ""
    email: str = ""
    phone: str = ""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.blocks = [], [], []
        self._silent, self._data = 0, None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "script" and (values.get("type") or "").strip().lower() == "application/ld+json":
            self._data = []
        if tag in _SILENT:
            self._silent += 1
        if tag == "a" and values.get("href"):
            self.links.append(values["href"].strip())
        self.words.append(" ")

    def handle_endtag(self, tag):
        if tag == "script" and self._data is not None:
            self.blocks.append("".join(self._data))
            self._data = None
        if tag in _SILENT and self._silent:
            self._silent -= 1
        self.words.append(" ")

    def handle_data(self, data):
        if self._data is not None:
            self._data.append(data)
        elif not self._silent:
            self.words.append(data)


def read_page(html):
    """
    :param str html:
    :return: :class:`Page`; a page that is no good HTML gives what can be read of it

    >>> page = read_page('<p>Lundi&nbsp;9h00</p><a href="/contact">Contact</a><script>var x = "BE0"</script>')
    >>> page.text, page.links
    ('Lundi 9h00 Contact', ('/contact',))
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = []
    for block in reader.blocks:
        try:
            blocks.append(json.loads(block))
        except (ValueError, RecursionError):
            continue
    return Page(" ".join("".join(reader.words).split()), tuple(reader.links), tuple(blocks))


def _folded(text):
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9@]+", " ", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip()


def _digits(text):
    return re.sub(r"\D", "", text)


def missing_particulars(pages, facts):
    """Which of the particulars of a firm stand on none of the pages.

    :param pages: iterable of :class:`Page`
    :param Facts facts: who the firm is
    :return: tuple of field names of :class:`Facts`, ``vat`` for the number written as a VAT number

    >>> firm = Facts("Atelier Ourthe SRL", "0999999922", "Rue des Guillemins 27", "4000", "bonjour@ourthe.example")
    >>> shown = read_page("<p>Atelier Ourthe SRL, rue des Guillemins 27, 4000 Liège. BE 0999.999.922</p>"
    ...     "<a href='mailto:bonjour@ourthe.example'>Mail</a>")
    >>> missing_particulars([shown], firm)
    ()
    >>> missing_particulars([read_page("<p>Atelier Ourthe</p>")], firm)
    ('name', 'number', 'vat', 'street', 'email')
    """
    pages = list(pages)
    text = " ".join(page.text for page in pages)
    words = f" {_folded(text)} "
    addresses = {_folded(link[7:].split("?")[0]) for page in pages for link in page.links if link.startswith("mailto:")}
    found = {_digits(match[1]) for match in re.finditer(r"(?i)(?:\b|BE)((?:\d[\s.]?){9}\d)", text)}
    as_vat = {
        _digits(match[1])
        for match in re.finditer(r"(?i)(?:BE|btw|tva|vat|mwst)[^0-9A-Za-z]{0,6}(?:BE\s?)?((?:\d[\s.]?){9}\d)", text)
    }
    missing = []
    if facts.name and f" {_folded(facts.name)} " not in words:
        missing.append("name")
    if facts.number and facts.number not in found | as_vat:
        missing.append("number")
    if facts.number and facts.number not in as_vat:
        missing.append("vat")
    if facts.street and f" {_folded(facts.street)} " not in words:
        missing.append("street")
    if facts.email and _folded(facts.email) not in addresses and f" {_folded(facts.email)} " not in words:
        missing.append("email")
    return tuple(missing)


def has_opening_hours(page):
    """
    >>> has_opening_hours(read_page("<p>Maandag - vrijdag: 9.00 - 18.00</p>"))
    True
    >>> has_opening_hours(read_page("<p>Mon projet a 12 ans</p>")), has_opening_hours(read_page("<p>Open</p>"))
    (False, False)
    >>> block = '{"@type": "Store", "openingHours": ["Mo-Fr 09:00-18:00"]}'
    >>> has_opening_hours(read_page(f'<script type="application/ld+json">{block}</script>'))
    True
    """
    keys = ("openinghours", "openinghoursspecification")
    return bool(HOURS.search(page.text)) or any(_has_key(block, keys) for block in page.data)


def _has_key(value, keys, depth=0):
    if depth > 20:
        return False
    if isinstance(value, dict):
        return any(key.lower() in keys and inside for key, inside in value.items()) or any(
            _has_key(inside, keys, depth + 1) for inside in value.values()
        )
    return isinstance(value, list) and any(_has_key(inside, keys, depth + 1) for inside in value)


def social_profiles(links):
    """The networks that a page links to, each once; buttons to share the page are none.

    >>> social_profiles(["https://www.facebook.com/ourthe", "https://facebook.com/sharer.php?u=x", "/x.com"])
    ('Facebook',)
    """
    found = []
    for link in links:
        match = re.match(r"https?://(?:[\w-]+\.)*?((?:[\w-]+)\.com)/+([^/?#]+)", link, re.IGNORECASE)
        if not match or match[1].lower() not in SOCIAL or re.match(r"shar|intent|dialog", match[2], re.IGNORECASE):
            continue
        name = SOCIAL[match[1].lower()]
        if name not in found:
            found.append(name)
    return tuple(found)


def legal_links(links):
    """The links behind which a firm usually says who it is, in their order, each once.

    >>> legal_links(["/shop", "/contact", "/mentions-legales", "/contact"])
    ('/contact', '/mentions-legales')
    """
    pages = (link for link in links if LEGAL.search(link) and not link.startswith(("mailto:", "tel:")))
    return tuple(dict.fromkeys(pages))
