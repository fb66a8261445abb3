import {registry} from "@web/core/registry";

// No step looks for a text of the interface: the tour runs in every language.
registry.category("web_tour.tours").add("be_digital_cheque_de_minimis", {
    url: "/odoo/action-be_digital_cheque.digital_cheque_undertaking_open_mine",
    steps: () => [
        {
            content: "The register of the company opens with all its room",
            trigger: ".o_form_view [name='room']:contains(/300/)",
        },
        {
            content: "Add an aid",
            trigger: ".o_field_widget[name='aid_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='name'] input",
            run: "edit Chèque maturité",
        },
        {
            trigger:
                ".modal .o_field_widget[name='granted_on'] button, .modal .o_field_widget[name='granted_on'] input",
            run: "click",
        },
        {
            content: "The date of the decision: today",
            trigger: ".o_datetime_picker .o_date_item_cell.o_today",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='amount'] input",
            run: "edit 180000",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_button_save",
            run: "click",
        },
        {
            content: "The room has become smaller, and the chart tells when it comes back",
            trigger: ".o_form_saved [name='room']:contains(/120/)",
        },
        {
            trigger: ".o_be_digital_cheque_room_chart canvas:not(:visible), .o_be_digital_cheque_room_chart canvas",
        },
        {
            content: "Would more aid fit?",
            trigger: ".o_form_statusbar button.btn-primary",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='amount'] input",
            run: "edit 120001",
        },
        {
            trigger:
                ".modal .o_field_widget[name='granted_on'] button, .modal .o_field_widget[name='granted_on'] input",
            run: "click",
        },
        {
            content: "It does not, and the answer says why",
            trigger: ".modal .alert-danger:contains(/120.001/)",
        },
        {
            trigger: ".modal .btn-close, .modal footer .btn-secondary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_saved",
        },
    ],
});
