# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def forget_names_of_others(env, module, model_prefix):
    """Remove the external ids that other modules gave to what they added to a module's models; for uninstall hooks.

    Modules that extend mail.thread (portal, sms…) and the activities' own selections each name what they add to a
    model. Core removes it with the model, but not these ids of other modules.

    :param str module: the module that is uninstalled
    :param str model_prefix: of its models, with underscores: ``peppol_connection``
    """
    prefix = model_prefix.replace("_", r"\_")
    # sudo: whoever uninstalls may do so
    env["ir.model.data"].sudo().search(
        [
            ("module", "!=", module),
            "|",
            "&",
            ("model", "=", "ir.model.inherit"),
            ("name", "=like", rf"model\_inherit\_\_{prefix}\_%"),
            "&",
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", rf"selection\_\_{prefix}\_%"),
        ]
    ).unlink()
