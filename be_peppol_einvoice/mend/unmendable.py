# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lawful invoices that no lawful e-invoice can carry, and what to do about them: said while the invoice is a draft."""

from typing import NamedTuple

from .document import CENT


class Explanation(NamedTuple):
    """Why a document cannot be mended: own ``id``, the business ``terms`` concerned, a text per language."""

    id: str
    terms: list
    messages: dict


VAT_ROUNDING = Explanation(
    "ODOO-VAT-ROUNDING",
    ["BT-116", "BT-117"],
    {
        "en": "The VAT of this invoice was rounded on each of its lines, and the roundings add up to one euro (or one "
        "unit of another currency) or more. An e-invoice must show the VAT on the total. Choose “Round globally” "
        "under Settings, Invoicing, Rounding Method, then compute the draft again.",
        "fr": "La TVA de cette facture a été arrondie sur chacune de ses lignes et les arrondis atteignent ensemble "
        "un euro (ou une unité d’une autre devise) ou plus. Une facture électronique doit porter la TVA calculée sur "
        "le total. Choisissez « Arrondir globalement » dans Configuration, Facturation, Méthode d’arrondi, puis "
        "recalculez le brouillon.",
        "nl": "De btw van deze factuur is op elke lijn afgerond en de afrondingen lopen samen op tot een euro (of een "
        "eenheid van een andere munt) of meer. Een e-factuur moet de btw op het totaal vermelden. Kies ‘Globaal "
        "afronden’ bij Instellingen, Facturatie, Afrondingsmethode en bereken het concept opnieuw.",
        "de": "Die MwSt. dieser Rechnung wurde auf jeder Zeile gerundet, und die Rundungen ergeben zusammen einen Euro "
        "(oder eine Einheit einer anderen Währung) oder mehr. Eine E-Rechnung muss die MwSt. auf den Gesamtbetrag "
        "ausweisen. Wählen Sie „Global runden“ unter Einstellungen, Rechnungsstellung, Rundungsmethode, und berechnen "
        "Sie den Entwurf neu.",
    },
)
DECIMALS = Explanation(
    "ODOO-CURRENCY-DECIMALS",
    ["BT-5"],
    {
        "en": "This currency has more than two decimals, and e-invoices have two at most. Invoice in another "
        "currency, or send this invoice another way than Peppol.",
        "fr": "Cette devise compte plus de deux décimales ; une facture électronique en admet deux au plus. "
        "Facturez dans une autre devise ou envoyez cette facture autrement que par Peppol.",
        "nl": "Deze munt heeft meer dan twee decimalen; e-facturen laten er hoogstens twee toe. Factureer in een "
        "andere munt of verstuur deze factuur op een andere manier dan via Peppol.",
        "de": "Diese Währung hat mehr als zwei Dezimalstellen; E-Rechnungen erlauben höchstens zwei. Fakturieren "
        "Sie in einer anderen Währung oder versenden Sie diese Rechnung auf anderem Weg als über Peppol.",
    },
)
VAT_RULES = frozenset({"BR-CO-17", "BR-S-09"})


def explain(rules, unit):
    """The explanations of a document.

    :param rules: ids of its fatal findings
    :param unit: the smallest amount of its currency, a Decimal

    >>> from decimal import Decimal
    >>> [found.id for found in explain({"BR-S-09"}, Decimal("0.01"))]
    ['ODOO-VAT-ROUNDING']
    >>> [found.id for found in explain({"BR-DEC-23"}, Decimal("0.001"))], explain(set(), Decimal("0.001"))
    (['ODOO-CURRENCY-DECIMALS'], [])
    """
    found = []
    if VAT_RULES & set(rules):
        found.append(VAT_ROUNDING)
    if rules and unit < CENT:
        found.append(DECIMALS)
    return found
