import {_t} from "@web/core/l10n/translation";

/** What the page says: the server sends keys and counts, and the reasons in the user's words. */

/** In the order in which they are drawn; `tone` names a colour, `icon` says the same without colour. */
export const GROUPS = [
    {
        key: "can_receive",
        label: _t("Can receive e-invoices"),
        advice: _t("Nothing to do: Odoo sends their invoices over Peppol."),
        tone: "good",
        icon: "fa-check",
    },
    {
        key: "other_documents",
        label: _t("On Peppol, but not for e-invoices"),
        advice: _t("Ask them to have their access point register them for invoices (BIS Billing 3)."),
        tone: "half",
        icon: "fa-exclamation-triangle",
    },
    {
        key: "cannot_receive",
        label: _t("Not on Peppol"),
        advice: _t("Tell them that your invoices will come over Peppol. Until they join, send a PDF by e-mail."),
        tone: "none",
        icon: "fa-times",
    },
    {
        key: "unchecked",
        label: _t("Not checked yet"),
        advice: _t("Check your customers: it goes on in the background."),
        tone: "open",
        icon: "fa-question",
    },
    {
        key: "no_number",
        label: _t("No number to look up"),
        advice: _t("Fill in the country and the VAT or company number on the contact."),
        tone: "bad",
        icon: "fa-pencil",
    },
];

export const ADVICE = {
    not_in_sml: _t("They must choose an access point and register."),
    no_participant: _t("Their access point must complete their registration."),
    government_fallback: _t("They must choose an access point of their own and register."),
    no_document: _t("Their access point must register them for invoices."),
    no_process: _t("Their access point must register them for billing."),
    no_transport: _t("Their access point must move them to AS4."),
    not_active: _t("Wait until their registration begins; Odoo looks again every night."),
    expired: _t("Their access point must renew their registration."),
    unexplained: _t("Check your customers: the Peppol network itself is asked, and its answer says why."),
};

export const UNKNOWN_ADVICE = _t(
    "Nothing is lost: what was known before still counts, and Odoo looks again every night."
);

export const NETWORKS = {
    production: _t("Asked in the Peppol network itself"),
    test: _t("Asked in Peppol's test network: real customers are not there"),
};

export const OTHER_NETWORK = _t("Asked in a Peppol network of your own");

export const CHECK_STATES = {
    queued: _t("Your customers will be checked in a moment"),
    running: _t("Your customers are being checked"),
    interrupted: _t("Interrupted: the network does not answer"),
    stopped: _t("Stopped; what was found stays"),
    done: _t("All customers have been checked"),
};
