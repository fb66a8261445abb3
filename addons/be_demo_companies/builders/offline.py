# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A demo that contacts nobody: every service address points at a port of this machine where nothing listens."""

NOWHERE = "http://127.0.0.1:9"
PEPPOL_MODE = "account_peppol.edi.mode"
ENDPOINTS = (
    "enrich.endpoint",
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
    "website.olg_api_endpoint",
    "website.website_api_endpoint",
)
#: Scheduled actions whose only work is a call to the outside; the first one logs an error each time in demo mode.
CRONS = (
    "account_peppol.ir_cron_peppol_get_participant_status",
    "mail.ir_cron_module_update_notification",
    "snailmail.snailmail_print",
)


def apply(demo):
    """Put Peppol in core's demo mode and cut the services on the internet off."""
    parameters = demo.env["ir.config_parameter"].sudo()
    parameters.set_param(PEPPOL_MODE, "demo")
    for endpoint in ENDPOINTS:
        parameters.set_param(endpoint, NOWHERE)
    _crons(demo.env).active = False


def undo(env):
    """Remove the settings. A company connected in Peppol's demo mode stays in it: core keeps that per company."""
    env["ir.config_parameter"].sudo().search(
        ["|", ("key", "=", PEPPOL_MODE), "&", ("key", "in", ENDPOINTS), ("value", "=", NOWHERE)]
    ).unlink()
    _crons(env).active = True


def _crons(env):
    crons = env["ir.cron"].sudo()
    for xmlid in CRONS:
        crons |= env.ref(xmlid, raise_if_not_found=False) or crons.browse()
    return crons
