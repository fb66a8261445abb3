"""A Peppol network on one machine, for the demo, the tests and the fault drills: SML, SMP, two access points.

The protocols are the real ones (NAPTR records, signed service metadata, AS4); the certificates are those of a
certificate authority of its own. A drill makes one part of the network misbehave, so that one sees what then happens.
"""
