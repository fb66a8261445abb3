"""The threads of one process that send, and what else happens in the background.

Each process holds a lock on a file of its own. Where the lock of a claim's worker can be taken, that worker is dead
(the kernel drops locks of a killed process), and its messages are due again at once.
"""

import fcntl
import logging
import threading
import time
import uuid
from datetime import timedelta

from . import mls
from .identifiers import service_provider
from .keys import utc_now

log = logging.getLogger(__name__)

POLL = 1.0  # seconds
HOUSEKEEPING = 3600.0


class Alive:
    """This process's mark of being alive; ``dead`` tells which others are not."""

    def __init__(self, folder):
        self.folder = folder / "workers"
        self.folder.mkdir(exist_ok=True)
        self.name = uuid.uuid4().hex
        self.file = (self.folder / self.name).open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def dead(self, names):
        """Those of ``names`` whose process has ended; their files are removed."""
        gone = []
        for name in names:
            if name == self.name:
                continue
            path = self.folder / name
            try:
                with path.open("r+") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                pass
            except BlockingIOError:
                continue
            gone.append(name)
        return gone

    def close(self):
        (self.folder / self.name).unlink(missing_ok=True)
        self.file.close()


class Bell:
    """Wakes one waiting thread for each ring; of the rings that nobody waits for, ``most`` are remembered."""

    def __init__(self, most):
        self.most = most
        self.rings = 0
        self.condition = threading.Condition()

    def ring(self):
        with self.condition:
            self.rings = min(self.rings + 1, self.most)
            self.condition.notify()

    def wait(self, seconds):
        """Until the bell rings, or the time is over."""
        with self.condition:
            if self.rings or self.condition.wait(seconds):
                self.rings = max(0, self.rings - 1)


class Workers:
    def __init__(self, service):
        self.service = service
        self.bell = Bell(service.settings.senders)
        self.stopping = threading.Event()
        self.threads = []
        self.next_housekeeping = 0.0

    def start(self):
        loops = [self.send_loop] * self.service.settings.senders + [self.tidy_loop]
        self.threads = [threading.Thread(target=loop, daemon=True) for loop in loops]
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Let each thread finish what it does; what was not begun stays in the store."""
        self.stopping.set()
        for _ in self.threads:
            self.bell.ring()
        for thread in self.threads:
            thread.join(timeout=self.service.settings.send_timeout + 5)

    def send_loop(self):
        while not self.stopping.is_set():
            try:
                if self.send_one():
                    continue
            except Exception:
                log.exception("the sending loop failed")
            self.bell.wait(POLL)

    def send_one(self):
        """Send the message that is longest due; False if there is none."""
        claimed = self.service.outbox.claim(self.service.alive.name, utc_now().timestamp())
        if claimed is None:
            return False
        self.service.sender.send(claimed)
        return True

    def tidy_loop(self):
        while not self.stopping.is_set():
            try:
                self.tidy(utc_now())
            except Exception:
                log.exception("housekeeping failed")
            self.stopping.wait(POLL)

    def tidy(self, now):
        """Take over from dead workers, send the statuses that are due, and now and then check certificates and age."""
        service = self.service
        at = now.timestamp()
        if released := service.outbox.release(service.alive.dead(service.outbox.claimants()), at):
            log.warning("messages taken over", extra={"count": released})
            self.bell.ring()
        while self.send_status(now):
            self.bell.ring()
        if time.monotonic() < self.next_housekeeping:
            return
        self.next_housekeeping = time.monotonic() + HOUSEKEEPING
        for item in service.certificates(now):
            if item.state != "ok":
                log.warning("certificate", extra={"name_": item.name, "state": item.state, "until": item.not_after})
        if service.settings.keep_days:
            service.forget((now - timedelta(days=service.settings.keep_days)).timestamp())

    def send_status(self, now):
        """Put the next message level status that is due into the outbox; False if none is."""
        service = self.service
        at = now.timestamp()
        row = service.inbox.due_status(at)
        if row is None:
            return False
        code = row["verdict"] or ("AP" if row["acknowledged"] is not None else "AB")
        to = row["mls_to"] or service_provider(row["from_party"])
        if code != "RE" and row["mls_type"] == "FAILURE_ONLY":
            # still due if the client refuses it later
            with service.store.database.transaction():
                if row["acknowledged"] is not None:
                    service.inbox.status_done(row["id"], at, "No status: the sender asked for failures only")
                else:
                    service.inbox.postpone_status(row["id"])
            return True
        status = mls.Status(row["instance"], code, row["verdict_text"] or "")
        addressing = service.addressing_of_status(to)
        content = mls.build(
            status,
            identifier=addressing.instance,
            sender=service.service_provider,
            receiver=to,
            now=now,
            reason=row["verdict_reason"] or "FD",
        )
        with service.store.spool.open() as file:
            file.write(content)
            with service.store.staged(file) as body, service.store.database.transaction():
                sent, _ = service.outbox.submit(
                    body, (0, len(content)), addressing, now=at, key=f"status {row['id']}", kind="status"
                )
                service.inbox.status_done(row["id"], at, f"Status {code} goes to {to} as {sent}")
        return True
