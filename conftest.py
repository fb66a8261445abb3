"""What every pytest run of this repository needs, inside Odoo or not."""

import os
import shutil
from pathlib import Path

import freezegun
import pytest

# Tests that freeze the time would also freeze pytest's own clock, and report durations of half a century.
freezegun.configure(extend_ignore_list=["_pytest."])


@pytest.fixture(scope="session", autouse=True)
def own_filestore(request):
    """Each test process has its own stored files, as it has its own database.

    pytest-odoo lets all processes share the files of the prepared database: a test that cleans up unused files then
    takes those away that only another process uses. The copies are hard links.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker or not request.config.pluginmanager.hasplugin("odoo"):
        yield
        return
    request.getfixturevalue("load_registry")
    import odoo.tools

    shared = Path(odoo.tools.config.filestore.return_value)
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(shared, own, copy_function=os.link)
    odoo.tools.config.filestore.return_value = str(own)
    yield
    shutil.rmtree(own, ignore_errors=True)
