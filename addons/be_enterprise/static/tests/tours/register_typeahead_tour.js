import {registry} from "@web/core/registry";

/** Stands for the badge of a company that is a contact already, whatever the language. */
const KNOWN = Symbol("known");

/** Steps that type in a look-up field and choose the suggestion that holds all of `texts`. */
function lookUp(input, typed, ...texts) {
    const holds = texts
        .map((text) => (text === KNOWN ? ":has(.o_be_register_known)" : `:contains("${text}")`))
        .join("");
    return [
        {trigger: input, run: `edit ${typed}`},
        {trigger: `.o_be_register_option${holds}`, run: "click"},
    ];
}

function fieldHas(name, value, within = "") {
    return {
        trigger: `${within} .o_field_widget[name=${name}]:not(.o_invisible_modifier) input:value("${value}")`,
    };
}

const NAME = ".o_field_widget[name=name]:not(.o_invisible_modifier) input";
const COMPANY = ".o_field_widget[name=company_type] input[data-value=company]";
const SAVE = [{trigger: ".o_form_button_save", run: "click"}, {trigger: ".o_form_saved"}];

function contactTour(name, typed, texts, values) {
    registry.category("web_tour.tours").add(name, {
        steps: () => [
            {trigger: COMPANY, run: "click"},
            ...lookUp(NAME, typed, ...texts),
            ...Object.entries(values).map(([field, value]) => fieldHas(field, value)),
            ...SAVE,
        ],
    });
}

contactTour("be_register_contact_fr", "epi d'or", ["Boulangerie", "SRL", "Wavre"], {
    street: "Rue de la Gare 12 bte 3",
    city: "Wavre",
    vat: "BE0200000043",
    email: "info@epidor.example",
});
contactTour("be_register_contact_nl", "vrolijke schrijn", ["Vrolijke", "BV", "Gent"], {
    street: "Kerkstraat 7",
    street2: "Blok B",
    city: "Gent",
});
contactTour("be_register_contact_de", "muellerhof", ["Müllerhof", "AG", "Eupen"], {
    street: "Bahnhofstraße 1",
    city: "Eupen",
});

/** A number in any writing, in the field of the enterprise number. */
registry.category("web_tour.tours").add("be_register_contact_number", {
    steps: () => [
        {trigger: COMPANY, run: "click"},
        ...lookUp(".o_field_widget[name=be_enterprise_number] input", "BE 0200.000.043", "Boulangerie"),
        fieldHas("vat", "BE0200000043"),
        ...SAVE,
    ],
});

/** A contact that is there is offered instead of a second one. */
registry.category("web_tour.tours").add("be_register_contact_existing", {
    steps: () => [
        {trigger: COMPANY, run: "click"},
        ...lookUp(NAME, "boulangerie", KNOWN),
        {trigger: ".modal .btn-primary", run: "click"},
        fieldHas("name", "Already There"),
    ],
});

/** From a new bill: a supplier that is in the register, and one that is a contact already. */
registry.category("web_tour.tours").add("be_register_bill", {
    steps: () => [
        ...lookUp(".o_field_widget[name=partner_id] input", "vrolijke", "Vrolijke"),
        fieldHas("name", "De Vrolijke Schrijnwerker", ".modal"),
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        fieldHas("partner_id", "De Vrolijke Schrijnwerker"),
        ...lookUp(".o_field_widget[name=partner_id] input", "boulangerie", KNOWN),
        fieldHas("partner_id", "Already There"),
        {trigger: ".o_form_button_cancel", run: "click"},
    ],
});

/** "Create and edit" of a supplier: the quick form looks into the register as the whole one does. */
registry.category("web_tour.tours").add("be_register_quick_create", {
    steps: () => [
        {trigger: ".o_field_widget[name=partner_id] input", run: "edit Somebody new"},
        {trigger: ".o_m2o_dropdown_option_create_edit a", run: "click"},
        ...lookUp(".modal .o_field_widget[name=name]:not(.o_invisible_modifier) input", "vrolijke", "Vrolijke"),
        fieldHas("name", "De Vrolijke Schrijnwerker", ".modal"),
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        fieldHas("partner_id", "De Vrolijke Schrijnwerker"),
        {trigger: ".o_form_button_cancel", run: "click"},
    ],
});

/** The user asks for core's own look-up: the field becomes core's, with what was typed. */
registry.category("web_tour.tours").add("be_register_elsewhere", {
    steps: () => [
        {trigger: COMPANY, run: "click"},
        {trigger: NAME, run: "edit boulangerie"},
        {trigger: ".o_be_register_elsewhere", run: "click"},
        {trigger: "body:not(:has(.o_be_register_option))"},
        {trigger: `${NAME}:value("boulangerie")`, run: "edit Foreign Bakery"},
        ...SAVE,
    ],
});

/** Without a register the fields are those of core. */
registry.category("web_tour.tours").add("be_register_empty", {
    steps: () => [{trigger: COMPANY, run: "click"}, {trigger: NAME, run: "edit Boulangerie Typed"}, ...SAVE],
});

/** From the register's page to a waiting import: accept the terms, start, pause and go on. */
registry.category("web_tour.tours").add("be_register_import", {
    steps: () => [
        {trigger: ".o_be_register_empty"},
        {trigger: ".o_field_widget[name=path] input:value(.zip)"},
        {trigger: ".o_field_widget[name=accept] input", run: "click"},
        {trigger: "button[name=action_import]", run: "click"},
        {trigger: ".o_be_register_percent"},
        {trigger: "button[name=action_pause]", run: "click"},
        {trigger: "button[name=action_resume]", run: "click"},
        {trigger: "button[name=action_pause]"},
    ],
});
