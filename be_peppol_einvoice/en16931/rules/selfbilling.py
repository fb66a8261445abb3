# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peppol BIS Self-Billing 3.0.2: the rules of billing with other identifiers and types, and no national rules."""

from .peppol import SELF_BILLING, layer

LAYER = layer(SELF_BILLING)
