# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_amount, format_date

from ..engine import eligibility
from ..tools.settings import euro
from ..tools.snapshot import percentage_range


class DigitalChequeJudgementWords(models.AbstractModel):
    """A judgement in the user's words: for the finder's cards, and for whoever shows one that a dossier kept.

    All methods take the plain dictionary of ``Judgement.as_dict()``.
    """

    _name = "digital.cheque.judgement.words"
    _description = "Judgements in Words"

    def _labels(self):
        """Return the words of codes: regions, sizes, kinds of enterprise, requirements of a provider."""
        env = self.env
        labels = {}
        for model, name in (
            ("digital.cheque.programme.criterion", "region"),
            ("digital.cheque.programme.rate", "size"),
            ("digital.cheque.profile", "legal_kind"),
            ("digital.cheque.programme.version", "provider_requirement"),
            ("digital.cheque.programme.version", "phase"),
        ):
            labels |= dict(env[model]._fields[name]._description_selection(env))
        return labels

    def _verdict(self, verdict):
        return {
            eligibility.ELIGIBLE: self.env._("You seem to qualify"),
            eligibility.NOT_ELIGIBLE: self.env._("Not for you"),
            eligibility.UNKNOWN: self.env._("Perhaps: something is missing"),
        }[verdict]

    def _criteria(self, judgement, labels=None):
        """Return the conditions: ``[{text, met, found, missing, confidence, source}]``; met is True, False or None."""
        labels = labels or self._labels()
        criteria = self.env["digital.cheque.programme.criterion"].with_context(active_test=False)
        limits = self.env["digital.cheque.programme.limit"].with_context(active_test=False)
        lines = []
        for result in judgement["criteria"]:
            record = (limits if result["kind"] == "minimum" else criteria).browse(result["id"] or []).exists()
            if record:
                text = record.text
            else:
                text = {
                    "in_force": self.env._("Open on that day"),
                    "cost_kind": self.env._("Covers this kind of cost"),
                    "provider": self.env._("Provider: %s", labels.get(result["found"], result["found"])),
                    "rate": self.env._("Serves firms of this size"),
                }.get(result["kind"], self.env._("A condition that is no longer in the catalogue"))
            lines.append(
                {
                    "text": text,
                    "met": result["met"],
                    "found": self._found(result, labels),
                    "missing": result["missing"],
                    "source": ", ".join(record.source_ids.mapped("display_name")) if record else "",
                }
            )
        return lines

    def _found(self, result, labels):
        value = result["found"]
        if value in (None, "", []) or result["kind"] in ("cost_kind", "minimum", "provider"):
            return ""
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if isinstance(value, list):
            return ", ".join(labels.get(one, one) for one in value)
        return labels.get(value, str(value))

    def _missing(self, judgement):
        """Return what is missing: ``[{fact, text, where, question}]``.

        ``where`` is "question" (answered with yes or no), "contact" or "profile" (facts of the company) or "authority".
        """
        facts = {
            "region": ("contact", self.env._("Where you work: establishments and the principal operating seat")),
            "seat_age": ("contact", self.env._("Since when your establishment works")),
            "size": ("contact", self.env._("Your size: staff, turnover and balance sheet of closed years")),
            "code_size": ("contact", self.env._("Your size: staff, turnover and balance sheet of closed years")),
            "nace": ("contact", self.env._("Your activities (NACE-BEL), and which is the main one")),
            "public_body": ("contact", self.env._("Whether public bodies hold shares")),
            "legal_kind": ("profile", self.env._("The kind of enterprise")),
            "founded_on": ("profile", self.env._("When the firm was founded")),
            "provider": ("provider", self.env._("Whether the provider is in the authority's register")),
        }
        questions = {
            question.code: question
            for question in self.env["digital.cheque.question"].search([("code", "in", judgement["missing"])])
        }
        found = []
        for fact in judgement["missing"]:
            question = questions.get(fact)
            where, text = (
                ("question", question.name) if question else facts.get(fact, ("authority", self._unsaid(fact)))
            )
            found.append({"fact": fact, "text": text, "where": where, "question": question.id if question else False})
        return found

    def _unsaid(self, fact):
        return {
            "cost_kind": self.env._("Whether this kind of cost is covered: no source says it"),
            "minimum": self.env._("Whether the minimum is reached: no source says how it counts"),
        }.get(fact, self.env._("A list that no source gives"))

    def _amounts(self, judgement):
        """Return the amounts in words: ``{aid, rate, deduction, ceiling}``; an empty text where there is nothing."""
        low, high = judgement["aid"], judgement["aid_max"]
        words = {"aid": "", "rate": "", "deduction": "", "ceiling": ""}
        if low is None:
            words["aid"] = self.env._("Amount not known")
        elif float(high) and float(low) != float(high):
            words["aid"] = self.env._("%(low)s to %(high)s", low=self._euros(low), high=self._euros(high))
        elif float(high):
            words["aid"] = self._euros(low)
        if judgement["rate"] is not None and not float(judgement["deduction"]):
            words["rate"] = percentage_range(self.env, float(judgement["rate"]), float(judgement["rate_max"]))
        if float(judgement["deduction"]):
            words["deduction"] = self.env._("%s less taxable income", self._euros(judgement["deduction"]))
        if bit := judgement["ceiling"]:
            words["ceiling"] = self._ceiling(bit)
        return words

    def _ceiling(self, bit):
        limit = self.env["digital.cheque.programme.limit"].with_context(active_test=False)
        limit = limit.browse(bit["limit"] or []).exists()
        if not limit:
            return self.env._("Limited by your room for de minimis aid: %s", self._euros(bit["room"]))
        return self.env._("Limited by: %(ceiling)s; %(room)s left", ceiling=limit.text, room=self._euros(bit["room"]))

    def _until(self, version):
        """Return until when one can apply, as far as it is known."""
        if version.date_to:
            return self.env._("until %s", format_date(self.env, version.date_to))
        return {
            "reform": self.env._("open; a reform is announced"),
            "budget_risk": self.env._("open while the budget lasts"),
        }.get(version.status, self.env._("until further notice"))

    def _euros(self, amount):
        return format_amount(self.env, float(amount), euro(self.env), trailing_zeroes=False)
