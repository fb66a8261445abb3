# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import eligibility, ranking
from ..tools.settings import reference_date
from .res_company import euros, share

#: Conditions that tell at once that a programme is about something else: such a programme is not shown.
_ELSEWHERE = {"in_force", "cost_kind", "region"}
_COMBINATIONS = 3


class DigitalChequeFinder(models.AbstractModel):
    """“Find my subsidies”: a plain question, and the programmes that may help, the best first."""

    _name = "digital.cheque.finder"
    _description = "Find My Subsidies"

    def _check_user(self):
        if not self.env.user.has_group("be_digital_cheque.group_digital_cheque_user"):
            raise AccessError(self.env._("Ask an administrator for the right to use Digital Cheque."))

    @api.model
    def start_page(self):
        """Return what the page shows before anything is asked."""
        self._check_user()
        kinds = self.env["digital.cheque.cost.kind"].search(fields.Domain.TRUE)
        return {
            "company": self.env.company.name,
            "today": reference_date(self).isoformat(),
            "kinds": [{"id": kind.id, "code": kind.code, "name": kind.name} for kind in kinds],
        }

    @api.model
    def find(self, cost_kind_id, cost, on):
        """Return ``{cards, others, combinations}`` for what the current company plans.

        :param cost_kind_id: id of a `digital.cheque.cost.kind`
        :param cost: euros excl. VAT, a number
        :param on: ISO date of the application
        """
        self._check_user()
        kind = self.env["digital.cheque.cost.kind"].browse(cost_kind_id).exists()
        day = fields.Date.to_date(on)
        if not kind or not day or not 0 < cost < 10**12:
            raise UserError(self.env._("Say what you plan, the amount excluding VAT (more than zero) and the date."))
        company = self.env.company
        judgements, versions = self._judge_all(company, euros(cost), kind.code, day)
        tax = self._tax(company)
        options = ranking.rank(judgements, self.env["digital.cheque.cumulation"]._rules(), tax)
        words = self.env["digital.cheque.judgement.words"]
        labels = words._labels()
        cards, others = [], []
        for option in options:
            if len(option.judgements) > 1:
                continue
            (judgement,) = option.judgements
            if any(result.kind in _ELSEWHERE for result in judgement.reasons):
                continue
            card = self._card(judgement, versions[judgement.programme], option, words, labels)
            (others if judgement.verdict == eligibility.NOT_ELIGIBLE else cards).append(card)
        together = [option for option in options if len(option.judgements) > 1][:_COMBINATIONS]
        names = {
            programme.id: programme.name
            for programme in self.env["digital.cheque.programme"].search(fields.Domain.TRUE)
        }
        return {
            "cards": cards,
            "others": others,
            "combinations": [self._combination(option, names, words) for option in together],
            "income_tax_known": tax.income is not None,
        }

    def _judge_all(self, company, cost, kind_code, day):
        """Return (judgements of the programmes that have rules on a day, {programme id: version})."""
        judgements, versions = self._judge_kinds(company, {kind_code: cost}, day)
        return judgements[kind_code], versions

    def _judge_kinds(self, company, costs, day):
        """Judge several plans at once, so that the company's facts and the rules are read once.

        :param dict costs: code of a kind of cost → euros
        :return: ({code: judgements of the programmes that have rules on a day}, {programme id: version})
        """
        facts = company._digital_cheque_facts(day)[company]
        earlier = company._digital_cheque_earlier().get(company, ())
        judgements, versions = {code: [] for code in costs}, {}
        programmes = self.env["digital.cheque.programme"].search(fields.Domain.TRUE)
        # together, so that what belongs to them is read for all at once
        for version in self.env["digital.cheque.programme.version"].union(
            *(programme._version_on(day) for programme in programmes)
        ):
            rules = version._rules()
            for code, cost in costs.items():
                project = eligibility.project_for(rules, cost, code, day, earlier)
                judgements[code].append(eligibility.judge(rules, facts, project))
            versions[version.programme_id.id] = version
        return judgements, versions

    def _tax(self, company):
        """Return what the company pays of taxes, as far as its facts tell."""
        profile = self.env["digital.cheque.profile"].search([("company_id", "=", company.id)], limit=1)
        if not profile:
            return ranking.Tax()
        return ranking.Tax(
            share(profile.income_tax) if profile.income_tax_known else None, vat_recovered=share(profile.vat_recovered)
        )

    def _card(self, judgement, version, option, words, labels):
        programme = version.programme_id
        kept = judgement.as_dict()
        confidence = dict(version._fields["lowest_confidence"]._description_selection(self.env))
        return {
            "programme": programme.id,
            "version": version.id,
            "name": programme.name,
            "summary": programme.summary or "",
            "authority": programme.authority_id.name,
            "form": dict(programme._fields["aid_form"]._description_selection(self.env))[programme.aid_form],
            "portal": programme.portal_url or "",
            "verdict": judgement.verdict,
            "verdict_text": words._verdict(judgement.verdict),
            **words._amounts(kept),
            "until": words._until(version),
            "criteria": words._criteria(kept, labels),
            "missing": words._missing(kept),
            "provider": labels[version.provider_requirement]
            if version.provider_requirement not in ("none", "unknown")
            else "",
            "order": version.deadline_rules or "",
            "confidence": confidence.get(version.lowest_confidence, ""),
            "doubtful": version.lowest_confidence in ("memory", "conflicting"),
            "needs_verification": version.needs_verification,
            **self._net(option, words),
        }

    def _net(self, option, words):
        """Return the working of what is left to pay, in words and as the lines of a table.

        Aid that is not known is no aid of zero: then the text says what is left at most.
        """
        lines = [(self.env._("Cost excluding VAT"), words._euros(option.cost))]
        if option.vat:
            lines.append((self.env._("VAT that you do not recover"), words._euros(option.vat)))
        if option.net is None:
            lines.append((self.env._("Aid"), self.env._("not known")))
        elif option.aid:
            lines.append((self.env._("Aid"), f"− {words._euros(option.aid)}"))
        if option.deduction:
            saved = f"− {words._euros(option.tax_saved)}" if option.tax_saved is not None else "–"
            lines.append((self.env._("Income tax saved"), saved))
        return {
            "net": self._at_most(option, words) if option.net is None else words._euros(option.net),
            "net_lines": lines,
        }

    def _at_most(self, option, words):
        return self.env._("not known, at most %s", words._euros(option.at_most))

    def _combination(self, option, names, words):
        """Return programmes for the same cost: what is left to pay is told only where nothing is missing."""
        missing = {
            fact["fact"]: f"{names[judgement.programme]}: {fact['text']}"
            for judgement in option.judgements
            for fact in words._missing(judgement.as_dict())
        }
        return {
            "names": [names[judgement.programme] for judgement in option.judgements],
            "certain": option.cumulation == ranking.ALLOWED,
            "missing": list(missing.values()),
            "net": words._euros(option.net) if option.sure else self._at_most(option, words),
        }

    @api.model
    def answer(self, question_id, yes):
        """Keep the answer of the current company to a question."""
        self._check_user()
        answers = self.env["digital.cheque.answer"]
        company = self.env.company
        found = answers.search([("company_id", "=", company.id), ("question_id", "=", question_id)])
        value = "yes" if yes else "no"
        if found:
            found.answer = value
        else:
            answers.create({"company_id": company.id, "question_id": question_id, "answer": value})

    @api.model
    def open_fact(self, where):
        """Return the action that opens the facts of the current company: "contact" or "profile"."""
        self._check_user()
        if where == "profile":
            return self.env["digital.cheque.profile"].action_open_mine()
        return self.env.company.action_be_facts()

    @api.model
    def start_dossier(self, programme_id, cost_kind_id, cost, on):
        """Make a dossier for what is planned and return the action that opens it; it keeps the judgement."""
        self._check_user()
        day = fields.Date.to_date(on)
        programme = self.env["digital.cheque.programme"].browse(programme_id)
        version = programme._version_on(day)
        kind = self.env["digital.cheque.cost.kind"].browse(cost_kind_id)
        company = self.env.company
        judgement = version._judge(company, cost, kind, day)
        option = ranking.option((judgement,), ranking.ALLOWED, self._tax(company))
        dossier = self.env["digital.cheque.dossier"].create(
            {
                "name": f"{programme.name}: {kind.name}",
                "company_id": company.id,
                "programme_id": programme.id,
                "version_id": version.id,
                "cost_kind_id": kind.id,
                "planned_cost": cost,
                "planned_start": day,
                "expected_aid": float(judgement.aid or option.tax_saved or 0),
                "judgement": judgement.as_dict(),
                "judged_on": reference_date(self),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": dossier._name,
            "res_id": dossier.id,
            "views": [(False, "form")],
        }

    @api.model
    def rights(self):
        """Return what the current company may still claim this year, see `res.company`, with the amounts in words."""
        self._check_user()
        company = self.env.company
        words = self.env["digital.cheque.judgement.words"]
        return [
            {
                **right,
                "left": words._euros(right["amount"]) if right["amount"] is not None else "",
                "used": words._euros(right["used"]) if right["used"] else "",
            }
            for right in company._digital_cheque_rights().get(company, ())
        ]

    @api.model
    def open_claimed(self, programme_id):
        """Return the action that lists the dossiers of a programme of this year."""
        self._check_user()
        programme = self.env["digital.cheque.programme"].browse(programme_id)
        return {
            "type": "ir.actions.act_window",
            "name": programme.name,
            "res_model": "digital.cheque.dossier",
            "views": [(False, "list"), (False, "form")],
            "domain": [("programme_id", "=", programme.id), ("company_id", "=", self.env.company.id)],
            "context": {"default_programme_id": programme.id},
        }
