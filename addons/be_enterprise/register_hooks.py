# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import shutil

from .models import be_register_import, be_register_vies
from .register import store


def uninstall_hook(env):
    """Remove what the ORM does not know of: the register's tables, the uploaded files, the parameters."""
    store.remove(env.cr, env["be.register"]._schema())
    folder = env["be.register.import"]._upload_folder()
    shutil.rmtree(folder, ignore_errors=True)
    parent = os.path.dirname(folder)
    if not os.listdir(parent):
        os.rmdir(parent)
    names = (
        be_register_import.LICENCE_PARAMETER,
        be_register_import.FOLDER_PARAMETER,
        be_register_vies.URL_PARAMETER,
        be_register_vies.BATCH_PARAMETER,
    )
    env["ir.config_parameter"].search([("key", "in", names)]).unlink()
