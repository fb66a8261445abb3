# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What installing some modules brings along, before it is done. Plain Python: no Odoo.

The rule is Odoo's own (``ir.module.module.button_install``): what the modules depend on, and each module that installs
itself once all that it names for this purpose is there, if a company is in one of its countries.
"""

from dataclasses import dataclass

ASKED = "asked"
NEEDED = "needed"
ALONG = "along"


@dataclass(frozen=True)
class Module:
    """``depends``: names. ``triggers``: the names that must all be there for it to install itself; None where it never
    does. ``countries``: country codes outside of which it does not install itself; empty for everywhere."""

    name: str
    depends: tuple = ()
    triggers: tuple | None = None
    countries: frozenset = frozenset()
    installed: bool = False
    installable: bool = True


@dataclass(frozen=True)
class DryRun:
    """``install``: dict name → ASKED, NEEDED or ALONG, sorted by name. ``missing``: names that are asked for or needed
    and cannot be installed: with one of them, nothing can be done."""

    install: dict
    missing: tuple


def dry_run(modules, asked, countries):
    """
    :param modules: iterable of :class:`Module`, all that the server has
    :param asked: iterable of names
    :param countries: set of country codes of the companies
    :return: :class:`DryRun`

    >>> shop = [Module("base", installed=True), Module("web", ("base",)), Module("sale", ("base",)),
    ...     Module("web_sale", ("web", "sale"), triggers=("web", "sale")), Module("l10n_fr_web", ("web",), ("web",),
    ...     countries=frozenset({"FR"}))]
    >>> dry_run(shop, ["web"], {"BE"}).install
    {'web': 'asked'}
    >>> dry_run(shop, ["web", "sale"], {"BE"}).install
    {'sale': 'asked', 'web': 'asked', 'web_sale': 'along'}
    >>> dry_run([*shop, Module("till", ("web", "gone"))], ["till"], {"BE"})
    DryRun(install={'till': 'asked', 'web': 'needed'}, missing=('gone',))
    """
    known = {module.name: module for module in modules}
    present = {module.name for module in known.values() if module.installed}
    found, missing = {}, set()

    def add(name, why):
        waiting = [(name, why)]
        while waiting:
            current, reason = waiting.pop()
            if current in present or current in found:
                if reason == ASKED and current in found:
                    found[current] = ASKED
                continue
            module = known.get(current)
            if not module or not module.installable:
                missing.add(current)
                continue
            found[current] = reason
            waiting += [(other, NEEDED if reason != ALONG else ALONG) for other in module.depends]

    for name in asked:
        add(name, ASKED)
    grown = True
    while grown:
        grown = False
        for module in known.values():
            if module.triggers is None or module.name in present or module.name in found or not module.installable:
                continue
            there = all(name in present or name in found for name in module.triggers)
            fresh = any(name in found for name in module.triggers)
            if there and fresh and (not module.countries or module.countries & countries):
                add(module.name, ALONG)
                grown = True
    return DryRun(dict(sorted(found.items())), tuple(sorted(missing)))
