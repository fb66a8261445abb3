"""Each add-on installs, updates and uninstalls cleanly: alone and all together, without and with Odoo's demo data."""

import pytest
from databases import DEMO_ADDON, QUEUE_ADDON, ROOT, foreign, manifests, ordinary, with_own_dependencies
from snapshot import differences, take
from verdict import allowed, complaints

# The demo companies are ordinary records that their user may have gone on with: uninstalling the add-on keeps them.
ADDONS = ordinary()
APPS = [name for name, manifest in manifests().items() if manifest.get("application")]
EVERYTHING = [*ADDONS, QUEUE_ADDON]
# Each alone and all together without demo data; with it, what has some: the apps, and all together.
SETS = [("base", [name]) for name in EVERYTHING] + [("base", EVERYTHING)]
SETS += [("base-demo", [name]) for name in APPS] + [("base-demo", EVERYTHING)]


def names(value):
    return value if isinstance(value, str) else value[0] if len(value) == 1 else "all"


@pytest.mark.parametrize(("kind", "addons"), SETS, ids=names)
def test_lifecycle(workshop, kind, addons):
    """Install, update, uninstall: no complaint in the log, an update changes nothing, nothing is left behind."""
    database = f"lifecycle_{names(addons)}_{kind}"
    exceptions = allowed(ROOT / "tests" / "allowed_log_lines.txt")
    demo = ["--with-demo"] if kind == "base-demo" else []
    workshop.clone(workshop.template(kind), database)
    try:
        if others := foreign(addons):
            # what is neither ours nor Odoo's is not judged here
            workshop.install(database, others, *demo)
        before = take(workshop, database)
        log = workshop.install(database, addons, *demo)
        assert complaints(log, exceptions) == {}
        installed = take(workshop, database)
        assert differences(before, installed), "the add-on did nothing"

        log = workshop.odoo(database, f"--update={','.join(addons)}", *demo)
        assert complaints(log, exceptions) == {}
        assert differences(installed, take(workshop, database)) == {}

        log = workshop.uninstall(database, with_own_dependencies(addons))
        assert complaints(log, exceptions) == {}
        assert differences(before, take(workshop, database)) == {}
    finally:
        workshop.drop(database)


def test_no_app_needs_another_app():
    """Dependencies point one way: apps → shared add-ons → Odoo."""
    ours = manifests()
    for name, manifest in ours.items():
        needed_apps = set(with_own_dependencies([name])) & set(APPS) - {name}
        # what extends one app (the connector of an access point) builds on that app; what joins several installs itself
        allowed_apps = 0 if name in APPS else len(APPS) if manifest.get("auto_install") or name == DEMO_ADDON else 1
        assert len(needed_apps) <= allowed_apps, f"{name} depends on {needed_apps}"
    for app in APPS:
        extensions = [name for name in with_own_dependencies([app]) if name not in APPS]
        for name in extensions:
            assert not set(ours[name]["depends"]) & set(APPS), f"{app} depends on {name}, which depends on an app"


# Of the large add-ons a part: what runs in every kind of test case, and in a browser. All of them would take half an
# hour in this one process, and run in the group "odoo".
PART = {
    "be_digital_cheque": ("TestDossier", "TestFinder", "TestTour", "TestUninstall"),
    "be_enterprise": ("TestNumber", "TestPortal", "TestRegisterContacts", "TestRegisterTours"),
    "be_peppol_einvoice": ("TestSend", "TestExchangeSend", "TestUninstall"),
    "be_peppol_local_network": ("TestLocalNetwork",),
    "sme_adoption": ("TestCampaign", "TestUninstall"),
    "sme_cyber": ("TestPosture", "TestUninstall"),
    "sme_import": ("TestImportPartners",),
    "sme_onboarding": ("TestMaturityLink", "TestStep", "TestTours", "TestUninstall"),
    "sme_onboarding_adoption": ("TestTile",),
    "sme_time_saved": ("TestCounter", "TestUninstall"),
}


def test_tests_pass_under_odoo_itself(workshop):
    """The add-ons' own tests also pass under ``--test-enable``, as a partner's continuous integration runs them."""
    tags = [f"/{name}:{test}" if test else f"/{name}" for name in ADDONS for test in PART.get(name, ("",))]
    database = "test_enable"
    workshop.clone(workshop.template("apps"), database)
    try:
        log = workshop.odoo(
            database,
            f"--update={','.join(ADDONS)}",
            "--test-enable",
            "--log-handler=odoo.tests.result:INFO",
            f"--test-tags={','.join(tags)}",
            http=True,
            log="test-enable",
        )
        text = log.read_text(encoding="utf-8")
        assert "0 failed, 0 error(s) of " in text
        assert complaints(log, allowed(ROOT / "tests" / "allowed_log_lines.txt")) == {}
    finally:
        workshop.drop(database)
