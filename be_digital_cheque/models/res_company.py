# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.tools import float_repr

from ..engine import facts as engine_facts
from ..tools.activities import equivalents

#: Dossiers that use the ceilings: from the moment that the application is ready until the end.
COUNTING_STATES = ("prepared", "submitted", "info_asked", "granted", "in_execution", "claimed", "paid", "closed")
DECIDED_STATES = ("granted", "in_execution", "claimed", "paid", "closed")


def share(ratio):
    """Return a ratio of the database as an exact Decimal of four decimals."""
    return Decimal(float_repr(ratio, 4))


def euros(amount):
    """Return a float of the database as a Decimal of whole cents."""
    return Decimal(float_repr(amount, 2))


class ResCompany(models.Model):
    _inherit = "res.company"

    digital_cheque_answer_ids = fields.One2many("digital.cheque.answer", "company_id", string="Answers for Subsidies")

    def _digital_cheque_facts(self, on):
        """Return what is known of each company on a day, as {company: engine.facts.Facts}."""
        # sudo: the facts that a judgement rests on do not depend on who asks; figures stay out of what it tells
        companies = self.sudo()
        partners = companies.partner_id
        report = companies.env["be.size.report"]
        profiles = {
            profile.company_id: profile
            for profile in companies.env["digital.cheque.profile"].search([("company_id", "in", companies.ids)])
        }
        rooms = companies._digital_cheque_rooms(on)
        partners.fetch(["be_public_body", "be_legal_form"])
        related = report._related(partners)
        found = {}
        for company in companies:
            partner, profile = company.partner_id, profiles.get(company)
            seats = tuple(
                engine_facts.Seat(seat.region or None, seat == partner.be_principal_seat_id, seat.started_on or None)
                for seat in partner.be_establishment_ids
                if not seat.closed_on or seat.closed_on > on
            )
            principal = partner.be_principal_seat_id
            place = principal or (partner if not partner.be_establishment_ids else None)
            german = (principal.german_community if principal else partner.be_german_community) if place else None
            years = partner.be_size_year_ids.filtered(lambda year: year.closed_on <= on and year.staff_known)
            european, belgian = report._european(partner, related).verdict, report._belgian(partner).verdict
            found[company.with_env(self.env)] = engine_facts.Facts(
                seats=seats,
                region=partner.be_operating_region or None,
                german_community=german if partner.be_operating_region else None,
                size=european if european != "unknown" else None,
                code_size=belgian if belgian != "unknown" else None,
                staff=years[:1]._figures().staff if years else None,
                legal_kind=(profile and profile.legal_kind) or engine_facts.legal_kind(partner.be_legal_form),
                founded_on=(profile and profile.founded_on) or None,
                activities=self._digital_cheque_activities(partner),
                public_body=partner.be_public_body or None,
                de_minimis_room=rooms.get(company),
                answers={
                    answer.question_id.code: answer.answer == "yes" for answer in company.digital_cheque_answer_ids
                },
            )
        return found

    def _digital_cheque_activities(self, partner):
        seats = partner.be_establishment_ids
        principal = partner.be_principal_seat_id or (seats if len(seats) == 1 else seats.browse())
        main = principal.main_nace_id
        codes = main | seats.nace_ids | seats.main_nace_id | partner.be_nace_ids
        return tuple(engine_facts.Activity(equivalents(code.code, code.version), main=code == main) for code in codes)

    def _digital_cheque_rooms(self, on):
        """Return {company: euros of de minimis room on a day}; a company without a register is left out."""
        undertakings = self.env["digital.cheque.undertaking"].search([("company_ids", "in", self.ids)])
        rooms = {}
        for undertaking in undertakings:
            room = undertaking._aid_register().room(on)
            if room:
                rooms.update(dict.fromkeys(undertaking.company_ids & self, room.left))
        return rooms

    def _digital_cheque_earlier(self, without=None):
        """Return the aid that uses the ceilings of programmes, as {company: [engine.facts.Earlier]}.

        That is aid of the register, and dossiers from "prepared" on, but for the dossiers ``without``.
        """
        # sudo: a ceiling is used by whoever's dossier it is
        companies = self.sudo()
        without = (without or self.env["digital.cheque.dossier"]).sudo()
        by_id = {company.id: company for company in self}
        by_partner = {company.partner_id.id: by_id[company.id] for company in companies}
        found = defaultdict(list)
        rows, registered = companies._digital_cheque_counting_dossiers(without)
        aids = companies.env["digital.cheque.aid"].search(
            [
                ("beneficiary_id", "in", list(by_partner)),
                ("state", "=", "granted"),
                ("programme_id", "!=", False),
                ("id", "not in", [*registered, *without.aid_id.ids]),
            ]
        )
        for aid in aids:
            version = aid.programme_id._version_on(aid.granted_on)
            # The register does not tell the cost: the lowest rate gives the most that it can have been.
            rate = min((share(rate.rate) for rate in version.rate_ids), default=None)
            found[by_partner[aid.beneficiary_id.id]].append(
                engine_facts.Earlier(
                    aid.programme_id.id,
                    aid.granted_on,
                    euros(aid.amount),
                    euros(aid.amount) / rate if rate else None,
                    pools=version._pools(),
                )
            )
        for company_id, earlier in rows:
            found[by_id[company_id]].append(earlier)
        return found

    def _digital_cheque_counting_dossiers(self, without):
        """Return ([(company id, Earlier)], ids of the register's lines that these dossiers have already).

        Read in one query: a company may have thousands.
        """
        model = self.env["digital.cheque.dossier"]
        query = model._search(
            [("company_id", "in", self.ids), ("state", "in", COUNTING_STATES), ("id", "not in", without.ids)]
        )
        names = (
            "company_id",
            "programme_id",
            "version_id",
            "cost_kind_id",
            "aid_id",
            "state",
            "decided_on",
            "applied_on",
            "planned_start",
            "create_date",
            "granted_amount",
            "expected_aid",
            "planned_cost",
        )
        values = self.env.execute_query(
            query.select(*(model._field_to_sql(model._table, name, query) for name in names))
        )
        versions = self.env["digital.cheque.programme.version"].browse({row[2] for row in values if row[2]})
        pools = {version.id: version._pools() for version in versions}
        kinds = {
            kind.id: kind.code
            for kind in self.env["digital.cheque.cost.kind"].with_context(active_test=False).search(fields.Domain.TRUE)
        }
        rows, registered = [], []
        for row in values:
            (
                company,
                programme,
                version,
                kind,
                aid,
                state,
                decided,
                applied,
                start,
                created,
                granted,
                expected,
                cost,
            ) = row
            amount = granted if state in DECIDED_STATES and granted else expected
            rows.append(
                (
                    company,
                    engine_facts.Earlier(
                        programme,
                        decided or applied or start or created.date(),
                        euros(amount or 0),
                        euros(cost) if cost else None,
                        kinds.get(kind),
                        pools.get(version, frozenset()),
                    ),
                )
            )
            if aid:
                registered.append(aid)
        return rows, registered
