# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..engine import number as be_number
from ..register import store
from ..register.layout import write_number
from ..register.lookup import LIMIT, Lookup


class BeRegister(models.AbstractModel):
    """The offline company register as the rest of Odoo sees it: questions only.

    The register's tables are no Odoo models on purpose: they hold natural persons, whose data may be looked up one by
    one but not listed, exported or mailed to. There is nothing here to list them with.
    """

    _name = "be.register"
    _description = "Belgian Company Register"

    @api.model
    def _schema(self):
        return store.DEFAULT_SCHEMA

    @api.model
    def _lookup(self):
        return Lookup(self.env.cr, schema=self._schema(), language=(self.env.lang or "fr")[:2])

    @api.model
    def _nace_titles(self):
        """Return the activity codes of the register's own list, as ``be.nace.code`` takes them over."""
        return self._lookup().nace_titles() if self.is_filled() else []

    @api.model
    def _check_user(self):
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only users of this database can look companies up."))

    @api.model
    def is_filled(self):
        """Tell whether there is a register to look in."""
        return store.exists(self.env.cr, self._schema())

    @api.model
    def state(self):
        """Return what the register in use is, see :func:`.store.read_state`; empty where there is none."""
        self._check_user()
        return store.read_state(self.env.cr, self._schema())

    @api.model
    def suggest(self, text, limit=LIMIT):
        """Return up to ``limit`` (at most 20) suggestions for what a user typed: a name, or a number in any writing.

        Each is a dict: ``number`` (ten digits), ``label`` (the number as printed), ``name, matched, city, zip, form,
        active, natural`` (see :class:`.lookup.Suggestion`), and ``partner``: ``{id, display_name}`` of a contact that
        already has this number and that the user may see, or False.
        """
        self._check_user()
        if not isinstance(text, str) or not self.is_filled():
            return []
        found = self._lookup().suggest(text[:200], max(1, min(int(limit), 20)))
        partners = self._partners_of(suggestion.number for suggestion in found)
        return [
            {
                "number": f"{suggestion.number:010d}",
                "label": write_number(suggestion.number),
                "name": suggestion.name,
                "matched": suggestion.matched,
                "city": suggestion.city,
                "zip": suggestion.zip,
                "form": suggestion.form,
                "active": suggestion.active,
                "natural": suggestion.natural,
                "partner": {"id": partner.id, "display_name": partner.name}
                if (partner := partners.get(suggestion.number))
                else False,
            }
            for suggestion in found
        ]

    @api.model
    def _partners_of(self, numbers):
        """Map enterprise numbers (int) to a contact that has it, among those that the user may see."""
        numbers = list(numbers)
        digits = [f"{number:010d}" for number in numbers]
        writings = digits + [write_number(number) for number in numbers]
        partners = self.env["res.partner"].search(
            [
                "|",
                ("vat", "in", [f"BE{number}" for number in digits]),
                "&",
                ("company_registry", "in", writings),
                ("country_id.code", "in", [False, "BE"]),
                ("type", "=", "contact"),
            ],
            order="parent_id NULLS FIRST, id",
        )
        found = {}
        for partner in partners:
            for text in (partner.vat, partner.company_registry):
                if be_number.is_enterprise(text):
                    found.setdefault(int(be_number.enterprise(text)), partner)
        return found

    @api.model
    def details(self, number):
        """Return all that the register knows of an enterprise, see :meth:`.Lookup.details`, or None.

        ``number``: in any usual writing. UserError where it is not an enterprise number.
        """
        self._check_user()
        try:
            digits = be_number.enterprise(number)
        except be_number.NumberError as error:
            raise UserError(self.env._("%s is not a Belgian enterprise number.", number)) from error
        return self._lookup().details(int(digits)) if self.is_filled() else None

    @api.model
    def _facts_of(self, numbers):
        """Map those of the enterprise numbers (ten digits each) that the register knows to what it says in short.

        ``{name, active, ended, natural}``; ``ended`` is the date of the first edition without the enterprise.
        """
        self._check_user()
        if not self.is_filled():
            return {}
        facts = self._lookup().facts(int(number) for number in numbers)
        return {f"{number:010d}": values for number, values in facts.items()}

    @api.model
    def choose(self, number):
        """Return what choosing a suggestion fills in, for the web client, or False where the number is unknown.

        ``values``: fields of a contact, many2one as ``{id, display_name}``; ``notice``: a sentence to show, or False.
        """
        details = self.details(number)
        if not details:
            return False
        values = self._partner_values(details)
        country = self.env["res.country"].browse(values["country_id"])
        values["country_id"] = {"id": country.id, "display_name": country.display_name} if country else False
        return {"values": values, "notice": self._notice(details)}

    @api.model
    def partner_values(self, number):
        """Return the values of a contact that the register gives for an enterprise number, or an empty dict."""
        details = self.details(number)
        return self._partner_values(details) if details else {}

    @api.model
    def _partner_values(self, details):
        """Return values of ``res.partner`` for what :meth:`details` returned.

        The VAT number is given only where the register shows VAT activities: an enterprise number alone does not make
        a company liable to VAT. Nothing is returned for what the register does not know, so nothing is emptied.
        """
        digits = f"{details['number']:010d}"
        values = {
            "name": details["name"],
            "is_company": True,
            "company_type": "company",
            "company_registry": digits,
            "be_register_number": digits,
            "be_legal_form": details["form"] or details["form_description"],
        }
        if details["vat"]:
            values["vat"] = f"BE{digits}"
        values.update(self._address_values(self._address_of(details)))
        for kind, field in (("EMAIL", "email"), ("TEL", "phone"), ("WEB", "website")):
            if details["contacts"].get(kind):
                values[field] = details["contacts"][kind]
        lang = self._lang_of(details)
        if lang:
            values["lang"] = lang
        return values

    @api.model
    def _address_of(self, details):
        """Return the registered office, or for a sole trader (who has none) the first establishment, unless struck."""
        addresses = [details["address"]] + [unit["address"] for unit in details["establishments"]]
        return next((address for address in addresses if address and not address["struck"]), None)

    @api.model
    def _address_values(self, address):
        country = self._country_of(address)
        if not address:
            return {"country_id": country.id}
        house = address["house"]
        if address["box"]:
            house = self.env._("%(house)s box %(box)s", house=house, box=address["box"])
        return {
            "street": " ".join(filter(None, (address["street"], house))),
            "street2": address["extra"],
            "zip": address["zip"],
            "city": address["city"],
            "country_id": country.id,
        }

    @api.model
    def _country_of(self, address):
        """Return the country; the register names foreign ones in French or Dutch, and leaves Belgium out."""
        countries = self.env["res.country"]
        if not address or not address["country"]:
            return self.env.ref("base.be")
        for lang in ("fr_BE", "nl_BE", "fr_FR", "nl_NL"):
            if self.env["res.lang"]._get_data(code=lang):
                country = countries.with_context(lang=lang).search([("name", "=ilike", address["country"])], limit=1)
                if country:
                    return country.with_context(lang=self.env.lang)
        return countries

    @api.model
    def _lang_of(self, details):
        """Return the installed Belgian language of the official name, where it has one language only."""
        languages = {language for kind, language, _text in details["names"] if kind == "001"}
        code = {"1": "fr_BE", "2": "nl_BE", "3": "de_DE"}.get(languages.pop()) if len(languages) == 1 else None
        return code if code and self.env["res.lang"]._get_data(code=code) else False

    @api.model
    def _notice(self, details):
        """Return what the user should know before doing business, or False."""
        if not details["active"]:
            return self.env._(
                "%(name)s is no longer active in the company register (since %(date)s).",
                name=details["name"],
                date=details["ended"],
            )
        if details["situation_code"] not in ("", "000"):
            return self.env._(
                "The company register says about %(name)s: %(situation)s.",
                name=details["name"],
                situation=details["situation"],
            )
        return False
