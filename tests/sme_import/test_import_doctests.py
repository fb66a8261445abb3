# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the engines' docstrings."""

import doctest
import importlib
import pkgutil

import pytest
from sme_import import engine

MODULES = [info.name for info in pkgutil.iter_modules(engine.__path__)]
WITHOUT_EXAMPLES = {"dbffile", "errors", "reading", "verdict", "xlsxfile"}


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"sme_import.engine.{name}")
    result = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.attempted or name in WITHOUT_EXAMPLES, "each engine shows how it is used"
    assert not result.failed
