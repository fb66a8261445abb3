import {registry} from "@web/core/registry";

// No step looks for a text of the interface: the tour runs in every language.
registry.category("web_tour.tours").add("be_digital_cheque_award", {
    url: "/odoo/subsidies",
    steps: () => [
        {
            content: "The first page says that an award is to be booked",
            trigger: ".o_be_digital_cheque_step[data-step='to_book'] .o_be_digital_cheque_step_button",
            run: "click",
        },
        {
            content: "The figure opens its list",
            trigger: ".o_list_view .o_data_row .o_data_cell",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_notebook .nav-link[name='accounting']",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name='action_book_award']",
            run: "click",
        },
        {
            content: "The draft entry: 10,000 as a capital grant, a quarter of it deferred taxes",
            trigger: ".o_form_view .o_field_widget[name='line_ids'] .o_data_row:contains(/168/):contains(/2[., ]?500/)",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='line_ids'] .o_data_row:contains(/7[., ]?500/)",
        },
        {
            content: "Looked at, so posted",
            trigger: ".o_form_view button[name='action_post']:visible",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_arrow_button_current[data-value='posted'], .o_form_view [data-value='posted'][aria-checked='true']",
        },
        {
            content: "Back on the dossier",
            trigger: ".o_breadcrumb .o_back_button a, .o_breadcrumb .o_back_button, .breadcrumb .o_back_button",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='booked_aid']:contains(/10[., ]?000/)",
        },
        {
            content: "The depreciation plan, filled in",
            trigger: ".o_form_view button[name='action_fill_plan']",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='depreciation_ids'] .o_data_row:nth-child(4)",
        },
    ],
});
