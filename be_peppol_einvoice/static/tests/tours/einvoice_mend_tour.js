import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The invoice says what is wrong; its button leads to the place. */
function followButton(rule, place) {
    return [
        {
            content: "The invoice says what is wrong",
            trigger: ".o_be_einvoice_status[data-state='problems'] .o_be_einvoice_toggle",
            run: "click",
        },
        {
            content: "The button leads to the place",
            trigger: `.o_be_einvoice_status [data-rule='${rule}'] .o_be_einvoice_remedy[data-place='${place}']`,
            run: "click",
        },
    ];
}

const READY = {
    content: "What has been corrected is seen at once",
    trigger: ".o_be_einvoice_status[data-state='ready']",
};

tours.add("be_einvoice_mend_country_dutch", {
    steps: () => [
        ...followButton("ODOO-EXPORT", "customer_address"),
        {
            content: "The address is in sight, and what lacks is empty",
            trigger: ".modal:contains('Het adres van de klant aanvullen') [name='country_id'] input:empty",
            run: "edit Belgi",
        },
        {trigger: ".modal [name='country_id'] .o-autocomplete--dropdown-item:contains('Belgi') a", run: "click"},
        {trigger: ".modal .o_form_button_save", run: "click"},
        READY,
    ],
});

tours.add("be_einvoice_mend_communication_dutch", {
    steps: () => [
        ...followButton("BE-PAY-01", "payment_reference"),
        {
            trigger: ".modal:contains('De betalingsmededeling verbeteren') [name='payment_reference'] input",
            run: "edit +++000/0000/65472+++",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        READY,
    ],
});

tours.add("be_einvoice_mend_tax_french", {
    steps: () => [
        ...followButton("BE-VAT-01", "tax_categories"),
        {
            content: "The page proposes what the tax lacks, already ticked",
            trigger: ".o_field_x2many .o_data_row:contains('Cocont'):contains('Manquant'):has(input:checked)",
        },
        {trigger: "button[name='action_apply']", run: "click"},
        {trigger: ".o_field_x2many .o_data_row:contains('Cocont'):contains('AE · VATEX-EU-AE')"},
    ],
});
