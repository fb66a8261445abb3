# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the engines' docstrings."""

import doctest
import importlib
import pkgutil

import pytest
from be_enterprise import engine

MODULES = [info.name for info in pkgutil.iter_modules(engine.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"be_enterprise.engine.{name}")
    result = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.attempted, "each engine shows how it is used"
    assert not result.failed
