import {registry} from "@web/core/registry";

const CARD = ".o_be_digital_cheque_cards article[data-verdict]:has(button[name='start'])";
const BRUSSELS = `${CARD}:contains(/2.000.*5.600/)`;

// No step looks for a text of the interface: the tour runs in every language.
registry.category("web_tour.tours").add("be_digital_cheque_finder", {
    url: "/odoo/find-my-subsidies",
    steps: () => [
        {
            content: "What may still be claimed stands below the question",
            trigger: ".o_be_digital_cheque_rights li:contains(/10.000/)",
        },
        {
            content: "A website",
            trigger: "label[for='o_be_digital_cheque_kind_website']",
            run: "click",
        },
        {content: "For 8,000", trigger: "#o_be_digital_cheque_cost", run: "edit 8000"},
        {content: "Find", trigger: ".o_be_digital_cheque_finder form button[type='submit']", run: "click"},
        {
            content: "The grant is possible; the accounts are asked about",
            trigger: `${BRUSSELS}[data-verdict='unknown'] .o_be_digital_cheque_missing button[name='yes']`,
            run: "click",
        },
        {
            content: "One question less: the other answer",
            trigger: `${BRUSSELS}[data-verdict='unknown'] .o_be_digital_cheque_missing:not(:has(li:nth-child(2))) button[name='yes']`,
            run: "click",
        },
        {
            content: "Now it seems to qualify: start the dossier",
            trigger: `${BRUSSELS}[data-verdict='eligible'] button[name='start']`,
            run: "click",
        },
        {content: "The dossier opens", trigger: ".o_form_view [name='programme_id']"},
    ],
});
