"""Figures for Prometheus. Counters are this process's own; the store's sizes are read when they are asked."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    def __init__(self):
        registry = self.registry = CollectorRegistry()
        self.outgoing = Counter("gateway_outgoing", "Outcomes of sending", ["state"], registry=registry)
        self.incoming = Counter("gateway_incoming", "Messages taken in", ["outcome"], registry=registry)
        self.refused = Counter("gateway_refused", "Requests refused", ["kind"], registry=registry)
        self.seconds = Histogram("gateway_seconds", "Time to answer", ["operation"], registry=registry)
        self.stored = Gauge("gateway_outbox", "Outgoing messages by state", ["state"], registry=registry)
        self.inbox = Gauge("gateway_inbox", "Messages that the client has not acknowledged", registry=registry)
        self.certificate = Gauge(
            "gateway_certificate_end_seconds", "End of a certificate (Unix time)", ["name"], registry=registry
        )

    def text(self, service, now):
        """All figures in Prometheus' text format."""
        self.stored.clear()
        for state, count in service.outbox.counts().items():
            self.stored.labels(state).set(count)
        self.inbox.set(service.inbox.unacknowledged())
        for item in service.certificates(now):
            self.certificate.labels(item.name).set(item.not_after.timestamp())
        return generate_latest(self.registry)
