import {registry} from "@web/core/registry";

// No step looks for a text of the interface: the tours run in every language.

function next(target) {
    return [
        {
            content: `Go on to ${target}`,
            trigger: `.o_form_saved .o_statusbar_buttons button[name='action_next_stage'].btn-primary`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='target']",
        },
    ];
}

function confirm(target) {
    return [
        {
            trigger: ".modal footer button[name='action_confirm']",
            run: "click",
        },
        {
            content: `The dossier is ${target}`,
            trigger: `body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current[data-value='${target}']`,
        },
    ];
}

const REASON = [
    {
        content: "What is missing is told, and asks for a reason",
        trigger: ".modal .alert-warning .o_field_widget[name='problems']:visible",
    },
    {
        trigger: ".modal .o_field_widget[name='reason'] input",
        run: "edit Tout est sur le portail",
    },
];

registry.category("web_tour.tours").add("be_digital_cheque_dossier", {
    url: "/odoo/subsidy-dossiers/new",
    steps: () => [
        {
            content: "A new dossier",
            trigger: ".o_form_view .o_field_widget[name='name'] input",
            run: "edit Atelier web",
        },
        {
            trigger: ".o_field_widget[name='programme_id'] input",
            run: "edit kmo",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(/kmo/i)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='planned_cost'] input",
            run: "edit 4000",
        },
        {
            trigger: ".o_field_widget[name='expected_aid'] input",
            run: "edit 1800",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The steps of the programme are there",
            trigger: ".o_form_saved .o_field_widget[name='step_ids'] .o_data_row:nth-child(3)",
        },
        {
            content: "Tick the first one off",
            trigger: ".o_field_widget[name='step_ids'] .o_data_row:first-child button[name='action_done']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='step_ids'] .o_data_row:first-child.text-success",
        },
        ...next("prepared"),
        ...confirm("prepared"),
        ...next("submitted"),
        ...REASON,
        ...confirm("submitted"),
        ...next("granted"),
        {
            trigger: ".modal .o_field_widget[name='amount']:visible input",
            run: "edit 1700",
        },
        ...confirm("granted"),
        {
            content: "The aid granted is on the dossier",
            trigger: ".o_field_widget[name='granted_amount'] input:value(/1.?700/)",
        },
    ],
});

registry.category("web_tour.tours").add("be_digital_cheque_claim", {
    url: "/odoo/subsidy-dossiers",
    steps: () => [
        {
            content: "Open the dossier that was granted",
            trigger: ".o_kanban_record:contains(Atelier web)",
            run: "click",
        },
        ...next("in_execution"),
        ...confirm("in_execution"),
        {
            content: "Its costs",
            trigger: ".o_notebook .nav-link[name='costs']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='cost_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='cost_ids'] .o_selected_row [name='name'] input",
            run: "edit Facture 2026-17",
        },
        {
            trigger: ".o_field_widget[name='cost_ids'] .o_selected_row [name='amount'] input",
            run: "edit 3900",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "All of it counts for the aid",
            trigger: ".o_form_view [name='cost_eligible']:contains(/3.?900/)",
        },
        {
            content: "A document of the claim is uploaded; the table of costs is filled in",
            trigger: ".o_notebook .nav-link[name='documents']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='document_ids'] button[name='action_generate']:visible",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='document_ids'] .o_data_row.text-success",
        },
        ...next("claimed"),
        ...REASON,
        ...confirm("claimed"),
        ...next("paid"),
        {
            trigger: ".modal .o_field_widget[name='amount']:visible input",
            run: "edit 1700",
        },
        ...confirm("paid"),
        ...next("closed"),
        ...confirm("closed"),
    ],
});
