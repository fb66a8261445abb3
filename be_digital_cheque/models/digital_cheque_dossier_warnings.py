# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_amount, format_date

from ..engine import deadlines
from ..tools.settings import reference_date
from .digital_cheque_dossier_step import ACT_FIELDS


class DigitalChequeDossier(models.Model):
    """What a document of the books does to the right to the aid, said before it is confirmed.

    Each warning is a pair of (certain, text): certain ones stop until somebody goes on knowingly; what is not known
    is asked, and stops nothing.
    """

    _inherit = "digital.cheque.dossier"

    def _harm(self, on):
        """Return the steps whose right a cost of a day endangers: [(step, last day or None)]."""
        self.ensure_one()
        steps = self.step_ids.filtered(lambda step: step.keeps_right and step.rule and step.state != "skipped")
        return deadlines.harm(
            [(step, step.act, step._rule()) for step in steps], self._act_dates_real(), on, reference_date(self)
        )

    def _act_dates_real(self):
        """Return the dates of what took place, without plans."""
        return {act: self[name] or None for act, name in ACT_FIELDS.items()}

    def _aid_at_stake(self):
        amount = self.granted_amount or self.expected_aid
        return format_amount(self.env, amount, self.currency_id) if amount else self.env._("amount not known")

    def _cost_warnings(self, partner, on):
        """Return the warnings about an order or a bill of a provider, dated ``on``."""
        warnings = []
        for dossier in self:
            for step, last in dossier._harm(on):
                if last and step.act not in ("order", "start"):
                    text = self.env._(
                        "%(dossier)s: dated %(day)s, but “%(step)s” had to be done by %(last)s. The aid (%(aid)s) is "
                        "lost for this cost.",
                        dossier=dossier.display_name,
                        day=format_date(self.env, on),
                        step=step.name,
                        last=format_date(self.env, last),
                        aid=dossier._aid_at_stake(),
                    )
                elif last:
                    text = self.env._(
                        "%(dossier)s: dated %(day)s, and only what comes from %(first)s on counts: “%(advice)s” The "
                        "aid (%(aid)s) is lost for this cost.",
                        dossier=dossier.display_name,
                        day=format_date(self.env, on),
                        first=format_date(self.env, last),
                        advice=step.advice or step.name,
                        aid=dossier._aid_at_stake(),
                    )
                else:
                    text = self.env._(
                        "%(dossier)s: nothing may start yet. “%(advice)s” The aid (%(aid)s) is lost for this cost.",
                        dossier=dossier.display_name,
                        advice=step.advice or step.name,
                        aid=dossier._aid_at_stake(),
                    )
                warnings.append((True, text))
            warnings += dossier._label_warnings(partner, on)
        return warnings

    def _label_warnings(self, partner, on):
        labelled = partner._digital_cheque_label(self.programme_id, on)
        if labelled is False:
            return [
                (
                    True,
                    self.env._(
                        "%(dossier)s: %(provider)s has no label or registration for “%(programme)s” that is valid on "
                        "%(day)s. Its services get no aid.",
                        dossier=self.display_name,
                        provider=partner.display_name,
                        programme=self.programme_id.name,
                        day=format_date(self.env, on),
                    ),
                )
            ]
        # where it is not known whether the programme asks for a label, asking about it on each bill helps nobody
        if labelled is None and self.version_id.provider_requirement not in ("none", "unknown"):
            return [
                (
                    False,
                    self.env._(
                        "%(dossier)s: whether %(provider)s has the label that “%(programme)s” asks for is not known. "
                        "Look it up in the authority's register.",
                        dossier=self.display_name,
                        provider=partner.display_name,
                        programme=self.programme_id.name,
                    ),
                )
            ]
        return []

    def _payment_warnings(self, on):
        """Return the warnings about paying the provider on a day."""
        warnings = []
        for dossier in self:
            act = dossier.version_id.payment_after
            if not act:
                continue
            since = dossier[ACT_FIELDS[act]]
            if since and on >= since:
                continue
            acts = dict(dossier.version_id._fields["payment_after"]._description_selection(self.env))
            warnings.append(
                (
                    True,
                    self.env._(
                        "%(dossier)s: pay the provider only after: %(act)s (%(when)s). An earlier payment loses the "
                        "aid (%(aid)s).",
                        dossier=dossier.display_name,
                        act=acts[act],
                        when=format_date(self.env, since) if since else self.env._("not done yet"),
                        aid=dossier._aid_at_stake(),
                    ),
                )
            )
        return warnings
