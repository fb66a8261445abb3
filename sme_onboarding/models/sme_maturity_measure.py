# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SmeMaturityMeasure(models.AbstractModel):
    """What the database itself can tell: methods ``_measure_<what>(company)``, in files by theme in ``measures/``.

    A measure only reads, looks at a bounded period, and returns a pair: the answer (a number from 0 to 1, or None where
    the records cannot tell) and an ``engine.outcome.Outcome`` with the words and the records behind it. A firm may use
    other tools beside Odoo: the lack of records is "not known", never "no", but where only Odoo can be meant.
    """

    _name = "sme.maturity.measure"
    _inherit = "sme.onboarding.check"
    _description = "Measures of the Maturity Assessments"

    def _measure(self, question, company):
        """:return: (number or None, Outcome); never raises"""
        return self._guarded(company, question.measure_method, on_failure=lambda outcome: (None, outcome))
