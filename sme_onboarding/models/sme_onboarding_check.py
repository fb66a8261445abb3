# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2.errors

from odoo import api, models

from ..engine.outcome import LazyText, unmeasured

_lt = LazyText(__name__)

_logger = logging.getLogger(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    """The checks, one method ``_check_<what>(company)`` each, in files by theme in ``checks/``.

    A check only reads, looks at a bounded number of records, and returns an ``engine.outcome.Outcome``. It runs with
    all rights on one company (see ``_run``).
    """

    _name = "sme.onboarding.check"
    _description = "Checks of the Steps"

    @api.model
    def _run(self, step, company, remote=False):
        """Run the check of a step. Never raises: a check that cannot run gives an unmeasured outcome that says why.

        :param step: sme.onboarding.step
        :param company: res.company
        :param bool remote: whether other machines may be asked (slow)
        :return: engine.outcome.Outcome
        """
        missing = step._missing_modules()
        if missing:
            return unmeasured(_lt("Not installed: %(modules)s", modules=missing))
        return self._guarded(company, step.check_method, remote=remote)

    def _guarded(self, company, method, remote=False, on_failure=lambda outcome: outcome):
        """Call a method with all rights on one company; where it fails, log and give an unmeasured outcome.

        :param on_failure: makes the answer of that outcome
        """
        # sudo: the answer must be the same whoever opens the page; what is shown are counts, the records behind them
        # open with the user's own rights.
        checks = self.sudo().with_company(company)
        checks = checks.with_context(allowed_company_ids=company.ids, active_test=True, sme_onboarding_remote=remote)
        try:
            with self.env.cr.savepoint():
                return getattr(checks, method)(company.with_env(checks.env))
        except psycopg2.errors.TransactionRollbackError:
            # Somebody else keeps the same at this moment: nothing is wrong with the check, Odoo runs the request again.
            raise
        except Exception as error:
            # Any failure of one check must leave the page and the other checks working.
            _logger.exception("%s failed for the company %s", method, company.id)
            # The first line says what happened; the rest, such as the text of a query, is for the log.
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            return on_failure(unmeasured(_lt("The check itself failed: %(error)s", error=reason)))

    def _may_ask_other_machines(self):
        return bool(self.env.context.get("sme_onboarding_remote"))
