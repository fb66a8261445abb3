# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a column of a file can be, per kind of import, and the words by which other programs call it.

Words are in Dutch, French, German and English, written as :func:`mapper.key` writes them: lower case, no accents.
"""

from dataclasses import dataclass

KINDS = ("partners", "products", "items", "balances")


@dataclass(frozen=True)
class Target:
    """``code`` of the value, ``words`` for its column, and how it is read: text, number, date or flag."""

    code: str
    words: tuple = ()
    read: str = "text"


def _target(code, words, read="text"):
    return Target(code, tuple(word.strip() for word in words.split("|")), read)


_PARTNER_KEYS = (
    _target(
        "ref",
        "code|nummer|nr|relatienummer|relatiecode|klantnummer|klantcode|leveranciersnummer|klantnr|leveranciersnr"
        "|extern relatienummer|numero|no|code client|code tiers|numero client|numero fournisseur|code fournisseur"
        "|compte client|compte tiers|reference|ref|kundennummer|lieferantennummer|nummer kunde|customer number"
        "|customer code|supplier code|account code|id|external id|number",
    ),
    _target(
        "vat",
        "btw|btw nummer|btw nr|btwnummer|btwnr|vat|vat number|vat no|tva|numero tva|numero de tva|no tva|n tva|num tva"
        "|ust id|ust idnr|mwst nummer|mwst nr|tax id|vatnumber",
    ),
    _target(
        "enterprise",
        "ondernemingsnummer|ondernemingsnr|kbo|kbo nummer|kbo nr|numero d entreprise|numero entreprise|bce|numero bce"
        "|no entreprise|unternehmensnummer|zdu|enterprise number|company number|company id|kvk nummer"
        "|chamber of commerce",
    ),
)

PARTNERS = (
    *_PARTNER_KEYS,
    _target(
        "name",
        "naam|bedrijfsnaam|firmanaam|klant|klantnaam|leverancier|leveranciersnaam|relatie|nom|nom client|raison sociale"
        "|denomination|societe|nom fournisseur|name|firma|firmenname|company|company name|customer|supplier"
        "|customer name|supplier name|account name|bezeichnung",
    ),
    _target("name2", "naam 2|naam2|nom 2|nom2|name 2|name2|commerciele naam|nom commercial|handelsname"),
    _target("first_name", "voornaam|prenom|vorname|first name"),
    _target("title", "aanspreking|titel|civilite|anrede|vennootschapsvorm|forme juridique|rechtsform|legal form"),
    _target("contact", "contactpersoon|contact|personne de contact|ansprechpartner|kontaktperson|contact person"),
    _target("relation", "type|soort|type relatie|genre|art|relation type"),
    _target("customer", "is klant|klant ja nee|est client|client|ist kunde|kunde|is customer", "flag"),
    _target("supplier", "is leverancier|est fournisseur|fournisseur|ist lieferant|lieferant|is supplier", "flag"),
    _target(
        "street",
        "straat|straat en nummer|adres|adres 1|adres1|adresregel 1|adresse|adresse 1|adresse1|rue|rue et numero|strasse"
        "|strasse und nummer|anschrift|street|address|address 1|address line 1|addressline1",
    ),
    _target("house", "huisnummer|huisnr|numero de maison|numero maison|hausnummer|house number"),
    _target("box", "bus|busnummer|boite|bte|postfach|box"),
    _target(
        "street2",
        "adres 2|adres2|adresregel 2|adresse 2|adresse2|complement d adresse|zusatz|street 2|street2|address 2"
        "|address line 2|addressline2",
    ),
    _target(
        "zip",
        "postcode|postnummer|code postal|cp|code post|plz|postleitzahl|zip|zip code|postal code|zipcode|postkode",
    ),
    _target("city", "gemeente|stad|plaats|woonplaats|localite|ville|commune|ort|stadt|gemeinde|city|town"),
    _target("country", "land|landcode|pays|code pays|land code|country|country code|landkurzel"),
    _target("language", "taal|taalcode|langue|code langue|sprache|language|lang"),
    _target("phone", "telefoon|telefoonnummer|tel|telephone|telefon|phone|phone number|tel 1"),
    _target("mobile", "gsm|mobiel|mobile|portable|handy|mobilnummer|mobile phone"),
    _target("email", "e mail|email|mail|e mailadres|emailadres|adresse e mail|courriel|e mail adresse|email address"),
    _target("website", "website|web|site|site web|url|homepage|webseite|internet"),
    _target(
        "iban",
        "iban|rekeningnummer|bankrekening|bankrekeningnummer|bank rekening nummer|bank|compte bancaire|numero de compte"
        "|compte en banque|kontonummer|bankkonto|bank account|bank account number",
    ),
    _target("bic", "bic|swift|bic code|bic swift"),
    _target("active", "actief|actif|aktiv|active", "flag"),
    _target("comment", "opmerking|opmerkingen|nota|remarque|commentaire|notes|bemerkung|note|memo"),
)

PRODUCTS = (
    _target(
        "code",
        "artikelnummer|artikelcode|code|productcode|code article|reference|ref|numero article|article|artikelnr"
        "|artikel|item code|sku|internal reference|product code|productnummer",
    ),
    _target(
        "name",
        "omschrijving|naam|artikelomschrijving|benaming|description|designation|libelle|nom|bezeichnung|name|product"
        "|item|beschreibung|product name",
    ),
    _target("barcode", "barcode|ean|ean code|ean13|gtin|streepjescode|code barre|code barres|strichcode"),
    _target(
        "price",
        "verkoopprijs|verkoopprijs excl|prijs|prix|prix de vente|prix vente|prix htva|pv|verkaufspreis|preis"
        "|sales price|price|list price|unit price|verkoopprijs excl btw|prix de vente htva",
        "number",
    ),
    _target(
        "cost",
        "aankoopprijs|kostprijs|inkoopprijs|prix d achat|prix achat|cout|einkaufspreis|kosten|cost|cost price"
        "|purchase price|prix de revient",
        "number",
    ),
    _target("vat_rate", "btw|btw percentage|btw tarief|btw code|taux tva|tva|mwst|mwst satz|vat|vat rate|btw pct"),
    _target("unit", "eenheid|unite|einheit|unit|uom|unit of measure"),
    _target("category", "categorie|groep|artikelgroep|famille|groupe|kategorie|warengruppe|category|item group"),
    _target("type", "type|soort|type article|art|artikeltype|product type"),
    _target("active", "actief|actif|aktiv|active", "flag"),
    _target("comment", "opmerking|memo|remarque|notes|extra omschrijving|bemerkung"),
)

ITEMS = (
    *_PARTNER_KEYS,
    _target(
        "name",
        "naam|klant|klantnaam|leverancier|leveranciersnaam|relatie|nom|client|fournisseur|tiers|name|kunde|lieferant"
        "|customer|supplier|account name|raison sociale",
    ),
    _target("relation", "type|soort|type relatie|doctype|genre|art|relation type"),
    _target(
        "document",
        "documentnummer|document|factuurnummer|factuurnr|docnr|stuknummer|stuk|bkst nr|boekstuk|numero de facture"
        "|numero facture|no facture|facture|piece|numero piece|no piece|numero document|rechnungsnummer|belegnummer"
        "|rechnung|invoice number|invoice|document number|docnumber|uw ref|your ref|boekstuknummer",
    ),
    _target(
        "date",
        "datum|factuurdatum|documentdatum|date|date facture|date document|date piece|rechnungsdatum|belegdatum"
        "|invoice date|document date",
        "date",
    ),
    _target(
        "due",
        "vervaldatum|vervaldag|echeance|date echeance|date d echeance|falligkeit|falligkeitsdatum|fallig|due date|due",
        "date",
    ),
    _target(
        "amount",
        "openstaand|openstaand bedrag|open bedrag|saldo|te betalen|bedrag|solde|montant ouvert|montant du|reste a payer"
        "|montant|offener betrag|offen|betrag|open amount|outstanding|outstanding amount|balance|amount due|amount",
        "number",
    ),
    _target("debit", "debet|debit|soll", "number"),
    _target("credit", "credit|haben", "number"),
    _target("currency", "munt|valuta|munteenheid|devise|monnaie|wahrung|currency|currency code"),
    _target("currency_amount", "bedrag in valuta|bedrag vreemde munt|montant devise|currency amount", "number"),
    _target(
        "communication", "mededeling|gestructureerde mededeling|communication|mitteilung|ogm|vcs|payment reference"
    ),
    _target("comment", "omschrijving|opmerking|commentaire|libelle|description|bemerkung|comment"),
)

BALANCES = (
    _target(
        "account",
        "rekening|rekeningnummer|grootboekrekening|code|nummer|grootboek|compte|numero de compte|numero compte"
        "|compte general|no compte|konto|kontonummer|sachkonto|account|account code|account number|gl account|number",
    ),
    _target(
        "name",
        "omschrijving|naam|benaming|rekeningnaam|libelle|intitule|nom|description|bezeichnung|kontobezeichnung|name"
        "|account name",
    ),
    _target("debit", "debet|debit|soll|debet saldo|solde debiteur|saldo debet|debit balance", "number"),
    _target("credit", "credit|haben|credit saldo|solde crediteur|saldo credit|credit balance", "number"),
    _target("balance", "saldo|solde|eindsaldo|solde final|balance|endsaldo|bedrag|montant|amount", "number"),
)

OF_KIND = {"partners": PARTNERS, "products": PRODUCTS, "items": ITEMS, "balances": BALANCES}
#: What a file must have at least: one of each group.
NEEDED = {
    "partners": (("name", "name2"),),
    "products": (("name",),),
    "items": (("name", "ref", "vat", "enterprise"), ("amount", "debit", "credit")),
    "balances": (("account",), ("debit", "credit", "balance")),
}


def codes(kind):
    """Return the codes of a kind's targets, in order.

    >>> codes("balances")
    ('account', 'name', 'debit', 'credit', 'balance')
    """
    return tuple(target.code for target in OF_KIND[kind])


def missing(kind, chosen):
    """Return the groups of :data:`NEEDED` of which ``chosen`` has none.

    >>> missing("items", {"name", "due"})
    (('amount', 'debit', 'credit'),)
    """
    return tuple(group for group in NEEDED[kind] if not set(group) & set(chosen))
