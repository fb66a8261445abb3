# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dry run: everything that is needed comes, nothing else does, and asking for more never brings less."""

from hypothesis import given
from hypothesis import strategies as st

from sme_onboarding.engine.install import ALONG, ASKED, Module, dry_run


@st.composite
def servers(draw):
    """Modules that only depend on earlier ones, some of which install themselves, and what somebody asks for."""
    modules = []
    for number in range(draw(st.integers(1, 12))):
        earlier = [module.name for module in modules]
        depends = tuple(draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3))) if earlier else ()
        modules.append(
            Module(
                f"m{number}",
                depends,
                depends if depends and draw(st.booleans()) else None,
                draw(st.sampled_from([frozenset(), frozenset({"BE"}), frozenset({"FR"})])),
                draw(st.booleans()) and all(one.installed for one in modules if one.name in depends),
                draw(st.sampled_from([True, True, True, False])),
            )
        )
    return modules, draw(st.lists(st.sampled_from([module.name for module in modules]), unique=True))


@given(servers())
def test_what_comes_is_asked_for_needed_or_comes_along_for_a_reason(case):
    modules, asked = case
    known = {module.name: module for module in modules}
    found = dry_run(modules, asked, {"BE"})
    present = {module.name for module in modules if module.installed}
    assert not present & set(found.install)
    for name, why in found.install.items():
        assert (why == ASKED) == (name in asked)
        assert known[name].installable
        for other in known[name].depends:
            assert other in present or other in found.install or other in found.missing
        if why == ALONG and known[name].triggers is not None and known[name].countries:
            dependents = [one for one in found.install if name in known[one].depends]
            assert "BE" in known[name].countries or dependents


@given(servers(), st.data())
def test_asking_for_more_never_brings_less(case, data):
    modules, asked = case
    more = [*asked, data.draw(st.sampled_from([module.name for module in modules]))]
    assert set(dry_run(modules, asked, {"BE"}).install) <= set(dry_run(modules, more, {"BE"}).install)


@given(servers())
def test_what_was_installed_needs_no_second_run(case):
    modules, asked = case
    found = dry_run(modules, asked, {"BE"})
    after = [
        Module(
            one.name,
            one.depends,
            one.triggers,
            one.countries,
            one.installed or one.name in found.install,
            one.installable,
        )
        for one in modules
    ]
    assert not dry_run(after, asked, {"BE"}).install


def test_a_module_that_the_server_lacks_is_named():
    assert dry_run([], ["gone"], set()).missing == ("gone",)
    assert dry_run([Module("old", installable=False)], ["old"], set()).missing == ("old",)
