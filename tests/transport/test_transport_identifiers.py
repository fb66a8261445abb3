# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The test vectors of the locator, and the examples in the library's docstrings."""

import doctest
import importlib
import json

import pytest
from transport import identifiers
from transport.identifiers import NAMES, PROCESSES, InvalidIdentifier, ParticipantId
from transport.outcome import KINDS, REASONS


@pytest.mark.parametrize(
    ("participant", "label"),
    [
        ("0010:5798000000001", "xukhfqabqziki3ykvr2fhr4snfa3pf5vpq6k4tonv3lmvsy5arvq"),
        ("9915:test", "eh5boavaktmbgzyh2a63dz4qov33fvp5nsdvqklucfraayoodw6a"),
        ("9915:TEST", "eh5boavaktmbgzyh2a63dz4qov33fvp5nsdvqklucfraayoodw6a"),
    ],
)
def test_locator_names(participant, label):
    name = ParticipantId.parse(participant).sml_name("participant.sml.prod.tech.peppol.org")
    assert name == f"{label}.iso6523-actorid-upis.participant.sml.prod.tech.peppol.org"


@pytest.mark.parametrize("text", ["", "0208", "208:1", "0208:", "0208:a b", "0208:a\nb", "02O8:1", "0208:" + "1" * 51])
def test_not_a_participant(text):
    with pytest.raises(InvalidIdentifier):
        ParticipantId.parse(text)


@pytest.mark.parametrize("name", ["identifiers", "https", "lookup", "sml", "smp"])
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"transport.{name}"))
    assert result.attempted
    assert not result.failed


def test_code_list(shared):
    """The document types and processes are those of the official code lists."""
    listed = {
        (entry["scheme"], entry["value"]): {process["value"] for process in entry["process-ids"]}
        for entry in json.loads((shared / "specs/peppol_document_types_v9.7.json").read_text())["values"]
    }
    assert list(NAMES) and set(NAMES) == set(PROCESSES)
    for document_type, process in PROCESSES.items():
        assert process in listed[document_type.scheme, document_type.value]


def test_schemes(shared):
    schemes = json.loads((shared / "specs/peppol_participant_schemes_v9.7.json").read_text())["values"]
    assert {"0208", "9925"} <= {entry["iso6523"] for entry in schemes if entry["registrable"]}


def test_every_reason_has_a_text():
    assert len(KINDS) == 4
    assert all(text or not reason for reason, text in REASONS.items())
    assert identifiers.AS4 == "peppol-transport-as4-v2_0"
