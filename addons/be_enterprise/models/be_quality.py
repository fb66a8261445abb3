# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import number

#: Columns of contacts on which the counts depend.
_COLUMNS = (
    "be_language_area",
    "company_id",
    "company_registry",
    "country_id",
    "email",
    "is_company",
    "lang",
    "parent_id",
    "vat",
)
#: Languages to write to a contact in, by the language area of its address; the first installed one is proposed.
_LANGUAGES = {"fr": ("fr_BE", "fr_FR"), "nl": ("nl_BE", "nl_NL"), "de": ("de_DE", "de_CH")}
#: The rule of engine.number.enterprise in SQL: the number {0} has ten digits already, of which the first is 0 or 1.
_FITS = "left({0}, 8) <> '00000000' AND 97 - left({0}, 8)::bigint %% 97 = right({0}, 2)::bigint"
_TEN_DIGITS = "^[01][0-9]{9}$"
_LABEL = r"^\s*((TVA|BTW|MWST|VAT|RPM|RPR|KBO|BCE|CBE)[\s.:-]*)?(BE)?"


@dataclass(frozen=True)
class Proposal:
    """A new value for one field of a contact, and where it comes from (a key of ``be.quality.fix.line``'s reasons)."""

    partner_id: int
    field: str
    old: str
    new: str
    reason: str


def _number(column):
    """Return the SQL that reads a number in any usual writing: its ten digits, "!" if it is wrong, "" if there is none.

    ``column`` is a name of this module's own. Nearly all numbers are ten bare digits: they are not rewritten first.
    """
    return SQL(  # pylint: disable=sql-injection
        "CASE WHEN coalesce({0}, '') = '' THEN ''"
        f" WHEN {{0}} ~ %(ten_digits)s THEN CASE WHEN {_FITS} THEN {{0}} ELSE '!' END"
        " ELSE (SELECT CASE WHEN d ~ %(ten_digits)s THEN CASE WHEN {1} THEN d ELSE '!' END ELSE '!' END"
        " FROM (SELECT CASE WHEN length(bare) = 9 THEN '0' || bare ELSE bare END AS d"
        " FROM regexp_replace(regexp_replace(upper({0}), %(label)s, ''), '[\\s./-]', '', 'g') AS bare) AS digits)"
        " END".format(column, _FITS.format("d")),
        ten_digits=_TEN_DIGITS,
        label=_LABEL,
    )


class BeQuality(models.AbstractModel):
    """Which customers and suppliers are not ready for electronic invoices, counted and listed from one SQL source."""

    _name = "be.quality"
    _description = "Customers and suppliers ready?"

    # -- What is looked at --------------------------------------------------------------------------------------------

    @api.model
    def _scope(self):
        """Return the domain of the contacts looked at: companies, and whoever was invoiced or sent an invoice."""
        return (
            Domain("parent_id", "=", False)
            & Domain("partner_share", "=", True)
            & (Domain("is_company", "=", True) | Domain("customer_rank", ">", 0) | Domain("supplier_rank", ">", 0))
        )

    @api.model
    def _ceased_numbers(self):
        """Return the SQL that selects the enterprise numbers known as ceased, or None where no register says so."""
        return

    @api.model
    def _known_numbers(self, numbers):
        """Return those of ``numbers`` that the register knows as active, or None where there is no register."""
        return

    @api.model
    def _conditions(self):
        """Return the SQL condition of each issue on the rows ``r`` of :meth:`_rows`; None: it cannot be measured.

        Only duplicates are not seen on a row by itself.
        """
        ceased = self._ceased_numbers()
        return {
            "no_number": SQL("r.is_be AND r.is_company AND r.registry = ''"),
            "wrong_number": SQL("r.is_be AND (r.number = '!' OR r.vat_number = '!')"),
            "writing": SQL("r.is_be AND r.number <> '!' AND r.registry <> r.number"),
            "disagree": SQL(
                "r.is_be AND length(r.number) = 10 AND length(r.vat_number) = 10 AND r.number <> r.vat_number"
            ),
            "ceased": ceased and SQL("r.is_be AND length(r.number) = 10 AND r.number IN (%s)", ceased),
            "duplicate": SQL("p.id IN (SELECT id FROM same)"),
            "no_email": SQL("r.no_email"),
            "no_language": SQL("r.no_language"),
        }

    @api.model
    def _answers(self):
        """Return, on the same rows, when something gives the answer to an issue (not: only a closer look tells)."""
        return {
            "no_number": SQL("length(r.vat_number) = 10"),
            "wrong_number": SQL(
                "(r.number = '!' AND length(r.vat_number) = 10) OR (r.vat_number = '!' AND length(r.number) = 10)"
            ),
            "no_language": SQL("r.be_language_area = ANY(%s)", list(self._proposed_languages())),
        }

    @api.model
    def _proposed_languages(self):
        """Return, per language area in which there is only one, the installed language to write in."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        proposed = {
            area: next((code for code in codes if code in installed), None) for area, codes in _LANGUAGES.items()
        }
        return {area: code for area, code in proposed.items() if code}

    @api.model
    def _rows(self, *codes, answered=False):
        """Return the SQL of common tables, of which ``f`` has one row per contact that the user may see.

        Its columns are the issues ``codes``: what is not asked for is not worked out. ``answered``: only where
        something gives the answer.
        """
        Partner = self.env["res.partner"]
        Partner.flush_model(_COLUMNS)
        query = Partner._search(self._scope())
        contacts = query.select(
            SQL("res_partner.id, res_partner.company_id, res_partner.vat, res_partner.be_language_area"),
            SQL("coalesce(res_partner.is_company, false) AS is_company"),
            SQL("coalesce(res_partner.email, '') !~ '\\S' AS no_email"),
            SQL("coalesce(res_partner.lang, '') = '' AS no_language"),
            SQL("coalesce(res_partner.company_registry, '') AS registry"),
            SQL("%s AS number", _number("res_partner.company_registry")),
            SQL(
                "(CASE WHEN res_partner.vat LIKE 'BE%%' THEN true"
                " WHEN res_partner.vat ~ '^[A-Za-z]{2}' THEN upper(left(res_partner.vat, 2)) = 'BE'"
                " ELSE coalesce(res_partner.country_id = %s, false) END) AS is_be",
                self.env.ref("base.be").id,
            ),
        )
        # A foreign VAT number says nothing about the enterprise number; "/" means "no VAT number". OFFSET 0 has each
        # number read once, however often it is used.
        rows = SQL(
            "SELECT c.*, CASE WHEN c.vat = 'BE' || c.registry THEN c.number WHEN c.vat ~* '^\\s*(BE|[0-9])' THEN %s"
            " ELSE '' END AS vat_number FROM (%s OFFSET 0) AS c OFFSET 0",
            _number("c.vat"),
            contacts,
        )
        conditions = {code: condition for code, condition in self._measured().items() if code in codes}
        duplicate = conditions.pop("duplicate", None)
        for code, answer in self._answers().items() if answered else ():
            if code in conditions:
                conditions[code] = SQL("(%s) AND (%s)", conditions[code], answer)
        flags = SQL("").join(
            SQL(", coalesce(%s, false) AS %s", condition, SQL.identifier(code))
            for code, condition in conditions.items()
        )
        # A number is there twice where one company's users can see two contacts with it.
        return SQL(
            """
            p AS MATERIALIZED (SELECT r.id, r.company_id, r.number %s FROM (%s) AS r),
            several AS (SELECT number FROM p WHERE length(number) = 10 GROUP BY number HAVING count(*) > 1),
            same AS MATERIALIZED (
                SELECT id FROM (
                    SELECT id, company_id,
                           count(*) OVER (PARTITION BY number) AS everywhere,
                           count(*) FILTER (WHERE company_id IS NULL) OVER (PARTITION BY number) AS shared,
                           count(*) OVER (PARTITION BY number, company_id) AS here
                      FROM p
                     WHERE number IN (SELECT number FROM several)) AS candidate
                 WHERE CASE WHEN company_id IS NULL THEN everywhere ELSE here + shared END > 1),
            f AS (SELECT p.* %s FROM p)""",
            flags,
            rows,
            SQL(", %s AS duplicate", duplicate) if duplicate else SQL(""),
        )

    @api.model
    def _measured(self):
        """Return the conditions of the issues that can be measured."""
        return {code: condition for code, condition in self._conditions().items() if condition}

    @api.model
    def _domain(self, code, answered=False):
        """Return the domain of the contacts with the issue ``code``; ``answered``: if something gives the answer."""
        if code not in self._measured():
            return Domain.FALSE
        rows = self._rows(code, answered=answered)
        return Domain("id", "in", SQL("(WITH %s SELECT f.id FROM f WHERE %s)", rows, SQL.identifier("f", code)))

    @api.model
    def _issues_of(self, partners):
        """Return ``{partner id: [issue titles]}`` for saved ``partners``."""
        if not partners.ids:
            return {}
        titles = self._titles()
        codes = list(self._measured())
        columns = SQL(", ").join(SQL.identifier("f", code) for code in codes)
        sql = SQL("WITH %s SELECT f.id, %s FROM f WHERE f.id = ANY(%s)", self._rows(*codes), columns, partners.ids)
        return {
            partner_id: [titles[code][0] for code, flag in zip(codes, flags, strict=True) if flag]
            for partner_id, *flags in self.env.execute_query(sql)
        }

    # -- The page -----------------------------------------------------------------------------------------------------

    @api.model
    def _titles(self):
        """Return per issue its title and what to do about it."""
        return {
            "no_number": (
                self.env._("No enterprise number"),
                self.env._("Belgian companies without one cannot be found on the Peppol network."),
            ),
            "wrong_number": (
                self.env._("Wrong enterprise or VAT number"),
                self.env._(
                    "The check digits do not fit: most often a typing error. Compare it with an invoice of theirs."
                ),
            ),
            "writing": (
                self.env._("Number in an unusual writing"),
                self.env._("The number is right, but other programs expect ten bare digits."),
            ),
            "disagree": (
                self.env._("VAT and enterprise number disagree"),
                self.env._("Both are right by themselves but name two enterprises. Find out which one you deal with."),
            ),
            "ceased": (
                self.env._("Ceased enterprise"),
                self.env._("The register says that this enterprise has ceased to exist."),
            ),
            "duplicate": (
                self.env._("Several contacts with one number"),
                self.env._("Check them two by two and merge those that are the same."),
            ),
            "no_email": (
                self.env._("No e-mail address"),
                self.env._("Invoices and reminders cannot be sent to them by e-mail."),
            ),
            "no_language": (
                self.env._("No language"),
                self.env._(
                    "Their documents would be printed in English. The language area of the address gives a proposal."
                ),
            ),
        }

    #: Issues to which the number itself, the other number or the address may give the answer.
    _FIXABLE = frozenset({"no_number", "wrong_number", "writing", "disagree", "no_language"})

    @api.model
    def overview(self):
        """Return what the page shows: contacts looked at, ready ones, and per issue its count (None: not measured)."""
        self._check_reader()
        codes = list(self._measured())
        flags = [SQL.identifier("f", code) for code in codes]
        counts = SQL(", ").join(SQL("count(*) FILTER (WHERE %s)", flag) for flag in flags)
        sql = SQL(
            "WITH %s SELECT count(*), count(*) FILTER (WHERE NOT (%s)), %s FROM f",
            self._rows(*codes),
            SQL(" OR ").join(flags),
            counts,
        )
        [(total, ready, *numbers)] = self.env.execute_query(sql)
        count_of = dict(zip(codes, numbers, strict=True))
        fixable = set(self._FIXABLE) if self.env["res.partner"].has_access("write") else set()
        if self._known_numbers(set()) is None:
            fixable.discard("disagree")
        may_merge = bool(fixable) and self._may_merge()
        return {
            "total": total,
            "ready": ready,
            "issues": [
                {
                    "code": code,
                    "title": title,
                    "help": text,
                    "count": count_of.get(code),
                    "fixable": code in fixable and bool(count_of.get(code)),
                    "mergeable": code == "duplicate" and may_merge and bool(count_of.get(code)),
                }
                for code, (title, text) in self._titles().items()
            ],
        }

    @api.model
    def _check_reader(self):
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees can see the quality of contacts."))
        self.env["res.partner"].check_access("read")

    @api.model
    def _may_merge(self):
        return self.env["base.partner.merge.automatic.wizard"].has_access("create")

    @api.model
    def action_list(self, code):
        """Return the action that lists the contacts with the issue ``code``."""
        self._check_reader()
        action = self.env["ir.actions.act_window"]._for_xml_id("be_enterprise.action_quality_list")
        action["name"] = action["display_name"] = self._titles()[code][0]
        action["domain"] = [("be_quality_issue", "in", [code])]
        action["context"] = {"be_quality_issue": code}
        return action

    @api.model
    def action_fix(self, code, partner_ids=None):
        """Return the action that previews what can be put right for the issue ``code``."""
        return self.env["be.quality.fix"]._open(code, partner_ids)

    @api.model
    def action_merge(self):
        """Return core's merge wizard, filled with each group of contacts that have one number."""
        self._check_reader()
        sql = SQL(
            "WITH %s SELECT min(f.id), array_agg(f.id ORDER BY f.id) FROM f"
            " WHERE f.duplicate GROUP BY f.number HAVING count(*) > 1 ORDER BY min(f.id) LIMIT 200",
            self._rows("duplicate"),
        )
        groups = self.env.execute_query(sql)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({"number_group": len(groups)})
        self.env["base.partner.merge.line"].create(
            [{"wizard_id": wizard.id, "min_id": first, "aggr_ids": ids} for first, ids in groups]
        )
        return {**wizard._action_next_screen(), "views": [(False, "form")], "name": self.env._("Merge contacts")}

    # -- Proposals ----------------------------------------------------------------------------------------------------

    @api.model
    def _proposals(self, code, partners):
        """Return what puts the issue ``code`` right for ``partners``, where something gives the answer."""
        propose = getattr(self, f"_propose_{code}", None)
        return propose(partners) if propose else []

    @api.model
    def _propose_no_number(self, partners):
        return [
            Proposal(partner.id, "company_registry", "", from_vat, "vat")
            for partner in partners
            if (from_vat := partner._be_number_of_vat())
        ]

    @api.model
    def _propose_writing(self, partners):
        return [
            Proposal(
                partner.id,
                "company_registry",
                partner.company_registry,
                number.enterprise(partner.company_registry),
                "writing",
            )
            for partner in partners
            if number.is_enterprise(partner.company_registry)
        ]

    @api.model
    def _propose_wrong_number(self, partners):
        """One of the two numbers is right: it gives the other. Both wrong, or one alone: nothing can be said."""
        result = []
        for partner in partners:
            registry, vat = partner.company_registry or "", partner.vat or ""
            if registry and not number.is_enterprise(registry) and number.is_enterprise(vat):
                result.append(Proposal(partner.id, "company_registry", registry, number.enterprise(vat), "vat"))
            elif vat and not number.is_enterprise(vat) and number.is_enterprise(registry):
                result.append(Proposal(partner.id, "vat", vat, number.vat(registry), "number"))
        return result

    @api.model
    def _propose_disagree(self, partners):
        """Only a register can tell which of two right numbers is meant: the one that it knows as active."""
        pairs = {
            partner: (number.enterprise(partner.company_registry), partner._be_number_of_vat())
            for partner in partners
            if number.is_enterprise(partner.company_registry) and partner._be_number_of_vat()
        }
        known = self._known_numbers({text for pair in pairs.values() for text in pair})
        result = []
        for partner, (registry, from_vat) in pairs.items() if known is not None else ():
            if from_vat in known and registry not in known:
                result.append(Proposal(partner.id, "company_registry", partner.company_registry, from_vat, "register"))
            elif registry in known and from_vat not in known:
                result.append(Proposal(partner.id, "vat", partner.vat, number.vat(registry), "register"))
        return result

    @api.model
    def _propose_no_language(self, partners):
        proposed = self._proposed_languages()
        return [
            Proposal(partner.id, "lang", "", proposed[partner.be_language_area], "address")
            for partner in partners
            if proposed.get(partner.be_language_area)
        ]
