"""What the sender does with answers that are late, wrong or missing."""

import pytest
from peers import Pair
from peppol_gateway import posting
from peppol_gateway.errors import Temporary
from peppol_gateway.keys import utc_now


def only(pair):
    (message,) = pair.alice.get("outgoing")["items"]
    return message


def answering(status, body=b"", retry_after=None):
    return lambda *_: posting.Answer(status, body, retry_after)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (answering(500), "temporary"),
        (answering(200, b"<html>"), "temporary"),
        (answering(200, b"\0\1"), "temporary"),
        (answering(404, b"not here"), "temporary"),
        (answering(503), "temporary"),
    ],
)
def test_an_answer_that_is_no_receipt_is_tried_again(pair, answer, kind):
    pair.alice.submit()
    pair.carry = answer
    assert pair.alice.send() == "retrying"
    assert only(pair)["error_kind"] == kind
    pair.carry = pair.deliver
    pair.alice.due()
    assert pair.alice.send() == "delivered"


def test_each_attempt_sends_the_same_bytes(pair):
    pair.alice.submit()
    pair.carry = answering(500)
    for _ in range(3):
        pair.alice.send()
        pair.alice.due()
    assert len(pair.posts) == 3
    assert len({body for _, _, body in pair.posts}) == 1


def test_a_message_that_a_power_cut_took_is_signed_the_same(pair):
    """It is built anew, and the receipt that the first one got fits it."""

    def lose(*arguments):
        pair.deliver(*arguments)
        # what was written without syncing is gone
        pair.alice.service.store.database.execute("UPDATE outgoing SET wire = NULL, wire_to = NULL, signed = '[]'")
        raise Temporary("the power was cut")

    pair.alice.submit()
    pair.carry = lose
    assert pair.alice.send() == "retrying"
    pair.carry = pair.deliver
    pair.alice.due()
    assert pair.alice.send() == "delivered"
    assert len({body for _, _, body in pair.posts}) == 2
    assert len(pair.bob.get("inbox")["items"]) == 1


def test_a_lost_receipt_does_not_deliver_twice(pair):
    """The message arrived, its receipt did not: the repetition gets the stored receipt, which fits."""

    def lose(*arguments):
        pair.deliver(*arguments)
        raise Temporary("connection lost")

    pair.alice.submit()
    pair.carry = lose
    assert pair.alice.send() == "retrying"
    pair.carry = pair.deliver
    pair.alice.due()
    assert pair.alice.send() == "delivered"
    assert len(pair.bob.get("inbox", all=True)["items"]) == 1


def test_a_receipt_for_another_message_proves_nothing(pair):
    pair.alice.submit()
    pair.alice.send()
    old = pair.alice.service.outbox.page(after=0, limit=1)[0]["receipt"]
    pair.alice.submit()
    pair.carry = answering(200, old)
    assert pair.alice.send() == "retrying"
    assert "another message" in pair.alice.get("outgoing")["items"][1]["error"]


def test_a_receipt_with_an_altered_digest_proves_nothing(pair):
    def alter(*arguments):
        answer = pair.deliver(*arguments)
        start = answer.body.index(b"DigestValue>") + 12
        return posting.Answer(200, answer.body[:start] + b"AAAA" + answer.body[start + 4 :], None)

    pair.alice.submit()
    pair.carry = alter
    assert pair.alice.send() == "retrying"


def test_the_wait_between_attempts_grows_and_ends(ca, tmp_path):
    with Pair(ca, tmp_path, retry_first=10.0, retry_longest=35.0, retry_for=200.0) as pair:
        pair.alice.submit()
        pair.carry = answering(500)
        waits, state = [], "accepted"
        while state != "failed":
            started = utc_now().timestamp()
            state = pair.alice.send()
            waits.append(round((pair.alice.service.outbox.page(after=0, limit=1)[0]["next_at"] or started) - started))
            # time passes: the deadline comes nearer
            pair.alice.service.store.database.execute(
                "UPDATE outgoing SET deadline = deadline - ?, next_at = 0", waits[-1] + 1
            )
        assert waits[:4] == [10, 20, 35, 35]
        assert 5 < len(waits) < 12
        assert only(pair)["error"].startswith("Given up after")


def test_busy_receivers_are_given_the_time_they_ask(pair):
    pair.alice.submit()
    pair.carry = answering(503, retry_after=1234)
    started = utc_now().timestamp()
    pair.alice.send()
    assert pair.alice.service.outbox.page(after=0, limit=1)[0]["next_at"] - started > 1200


def test_an_unknown_receiver_fails_at_once_and_can_be_sent_again(pair):
    pair.alice.submit(receiver="0208:0123456749")
    assert pair.alice.send() == "failed"
    message = only(pair)
    assert message["error_kind"] == "receiver_unknown"
    again = pair.alice.http.post(f"/api/v1/outgoing/{message['id']}/retry")
    assert again.json()["state"] == "retrying"
    assert pair.alice.http.post(f"/api/v1/outgoing/{message['id']}/retry").status_code == 409
    assert pair.alice.send() == "failed"


def test_not_serviced_is_a_final_failure(pair):
    pair.bob.service.store.leave(pair.bob.participant)
    pair.alice.submit()
    assert pair.alice.send() == "failed"
    assert only(pair)["error_kind"] == "receiver_unknown"
    assert "PEPPOL:NOT_SERVICED" in only(pair)["error"]


def test_a_fault_of_our_own_loses_nothing(pair, monkeypatch):
    pair.alice.submit()
    monkeypatch.setattr(pair.alice.service.sender, "_judge", lambda *_: 1 / 0)
    assert pair.alice.send() == "retrying"
    assert "ZeroDivisionError" in only(pair)["error"]


def test_a_new_certificate_of_the_receiver_builds_the_message_anew(pair):
    """The first message arrived before the certificate was replaced; its receipt is accepted all the same."""

    def lose(*arguments):
        pair.deliver(*arguments)
        raise Temporary("connection lost")

    pair.alice.submit()
    pair.carry = lose
    pair.alice.send()
    pair.alice.service.store.database.execute("UPDATE outgoing SET wire_to = 'another certificate'")
    pair.carry = pair.deliver
    pair.alice.due()
    assert pair.alice.send() == "delivered"
    assert pair.posts[0][2] != pair.posts[1][2]
    assert len(pair.bob.get("inbox", all=True)["items"]) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://ap.example.org/as4", "TLS"),
        ("https://127.0.0.1/as4", "not on the internet"),
        ("https://169.254.169.254/latest", "not on the internet"),
        ("https://[::1]/as4", "not on the internet"),
        ("file:///etc/passwd", "no web address"),
    ],
)
def test_addresses_that_must_not_be_asked(url, words):
    import io

    poster = posting.Poster(tls=None, private_allowed=False, timeout=1)
    with pytest.raises(Exception, match=words):
        poster(url, {}, io.BytesIO())
