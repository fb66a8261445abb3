import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sme_time_saved_page", {
    steps: () => [
        {
            content: "An estimate, in Dutch",
            trigger: ".o_sme_time_page:contains('schatting')",
        },
        {
            content: "The month before",
            trigger: ".o_sme_time_bar:eq(10)",
            run: "click",
        },
        {
            content: "Its working: five bills from a file",
            trigger: ".o_sme_time_bar:eq(10)[aria-pressed=true]",
        },
        {
            trigger: ".o_sme_time_working tbody td:first:contains(/^5$/)",
        },
        {
            content: "The mail that is on is switched off",
            trigger: ".o_sme_time_mail:checked",
            run: "click",
        },
        {
            trigger: ".o_sme_time_mail:not(:checked)",
        },
        {
            content: "The records behind it",
            trigger: ".o_sme_time_working tbody tr .o_sme_time_records",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:eq(4)",
        },
        {
            content: "Back",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Own minutes",
            trigger: ".o_sme_time_working tbody tr .o_sme_time_minutes",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=rate_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=value] input",
            run: "edit 10",
        },
        {
            trigger: ".o_selected_row [name=source] input",
            run: "edit Gemeten op kantoor",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
