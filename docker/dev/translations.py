"""Terms and translations of the add-ons: merges exported terms into their files, tells what is untranslated."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import polib
from databases import addon_path
from snapshot import FIELDS_OF_OTHERS

LANGUAGES = ("fr", "nl", "de")


def missing(pot, po):
    """The terms of an exported template that a translation lacks or has marked as doubtful.

    :param polib.POFile pot: the terms as Odoo exports them.
    :param polib.POFile po: a translation.
    :return: list of source texts.
    """
    done = {entry.msgid for entry in po if entry.msgstr and not entry.fuzzy and not entry.obsolete}
    return [entry.msgid for entry in ours(pot) if entry.msgid not in done]


def ours(pot):
    """The terms without those of fields that other add-ons put on every mail thread, if they are installed."""
    return [
        entry
        for entry in pot
        if not entry.occurrences or not all(place.endswith(FIELDS_OF_OTHERS) for place, _line in entry.occurrences)
    ]


def merge(pot, folder, name):
    """Writes ``name.pot`` and adds its new terms to the translations beside it; lost terms leave them."""
    folder.mkdir(exist_ok=True)
    template = folder / f"{name}.pot"
    kept = ours(pot)
    pot.clear()
    pot.extend(kept)
    if not template.exists() or [(e.msgid, e.occurrences) for e in polib.pofile(str(template))] != [
        (e.msgid, e.occurrences) for e in pot
    ]:
        pot.save(str(template))
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        if path.exists():
            po = polib.pofile(str(path))
        else:
            po = polib.POFile()
            po.metadata = {
                **pot.metadata,
                "Language": language,
                "PO-Revision-Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}+0000",
            }
        before = str(po)
        known = {entry.msgid: entry.msgstr for entry in po if not entry.obsolete}
        merged = polib.POFile(wrapwidth=78)
        merged.metadata, merged.header = po.metadata, po.header
        for entry in pot:
            merged.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=known.get(entry.msgid, ""),
                    comment=entry.comment,
                    tcomment=entry.tcomment,
                    occurrences=entry.occurrences,
                    flags=[flag for flag in entry.flags if flag != "fuzzy"],
                )
            )
        if str(merged) != before:
            merged.save(str(path))
        yield language, missing(pot, merged)


def main(exported):
    """Merges all exported templates; exit code 1 where a term is untranslated."""
    untranslated = 0
    for path in sorted(exported.glob("*.pot")):
        pot = polib.pofile(str(path), wrapwidth=78)
        for language, terms in merge(pot, addon_path(path.stem) / "i18n", path.stem):
            print(f"  {path.stem} {language}: {len(pot) - len(terms)} of {len(pot)} terms translated")
            for term in terms:
                print(f"      untranslated: {term[:100]!r}")
            untranslated += len(terms)
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
