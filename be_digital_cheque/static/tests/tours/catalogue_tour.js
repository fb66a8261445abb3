import {registry} from "@web/core/registry";

// No step looks for a text of the interface: the tour runs in every language.
registry.category("web_tour.tours").add("be_digital_cheque_catalogue", {
    url: "/odoo/aid-programmes",
    steps: () => [
        {
            content: "The catalogue opens on what is in force, by region",
            trigger: ".o_be_digital_cheque_overview button[name='in_force'] strong:not(:contains(/^0$/))",
        },
        {
            content: "A programme in force shows its rates",
            trigger: ".o_kanban_group .o_kanban_record .o_be_digital_cheque_rates dd:contains(/75/)",
        },
        {
            content: "Show the closed programmes",
            trigger: ".o_be_digital_cheque_overview button[name='closed']",
            run: "click",
        },
        {
            content: "A closed programme bears a lock",
            trigger: ".o_kanban_record:has(.fa-lock):contains(Relance par le num)",
        },
        {
            content: "Back to what is in force",
            trigger: ".o_be_digital_cheque_overview button[name='in_force']",
            run: "click",
        },
        {
            content: "Open the kmo-portefeuille",
            trigger: ".o_kanban_record:not(:has(.fa-lock)):contains(Kmo-portefeuille)",
            run: "click",
        },
        {
            content: "The form says what it means: rates and ceilings",
            trigger: ".o_form_view .o_be_digital_cheque_figures [name='rate_small']:contains(/30.?%/)",
        },
        {
            content: "The history of the rules",
            trigger: ".o_notebook .nav-link[name='history']",
            run: "click",
        },
        {
            content: "All five versions stand in the timeline, the first one included",
            trigger: ".o_be_digital_cheque_timeline .o_kanban_record:nth-of-type(5):contains(/2016/)",
        },
        {
            content: "Open the first version",
            trigger: ".o_be_digital_cheque_timeline .o_kanban_record:nth-of-type(5)",
            run: "click",
        },
        {
            content: "A plain user reads it and has no button to change it",
            trigger: ".modal .o_form_view:not(:has(button[name='action_add_next']))",
        },
    ],
});
