# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def uninstall_hook(env):
    """Remove the external ids that other modules gave to what they added to our models.

    Modules that extend mail.thread (portal, sms…) and the activities' own selections each name what they add to a model
    of ours. Core removes it with the model, but not these ids of other modules.
    """
    # sudo: whoever uninstalls may do so
    env["ir.model.data"].sudo().search(
        [
            ("module", "!=", "sme_onboarding"),
            "|",
            "&",
            ("model", "=", "ir.model.inherit"),
            ("name", "=like", r"model\_inherit\_\_sme\_maturity\_%"),
            "&",
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", r"selection\_\_sme\_maturity\_%"),
        ]
    ).unlink()
