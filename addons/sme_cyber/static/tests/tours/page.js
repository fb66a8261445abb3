import {registry} from "@web/core/registry";

const card = (code, status) => `.o_sme_cyber_finding[data-code=${code}][data-status=${status}]`;

registry.category("web_tour.tours").add("sme_cyber_page", {
    steps: () => [
        {
            content: "In French",
            trigger: ".o_sme_cyber_page:contains('Mesuré')",
        },
        {
            content: "Short passwords: one click",
            trigger: `${card("password_length", "weak")} .o_sme_cyber_fix`,
            run: "click",
        },
        {
            content: "It closes by itself",
            trigger: card("password_length", "ok"),
        },
        {
            content: "A second factor, which asks first",
            trigger: `${card("second_factor", "weak")} .o_sme_cyber_fix`,
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: card("second_factor", "ok"),
        },
        {
            content: "Declare the antivirus",
            trigger: "[data-kind=antivirus] .o_sme_cyber_declare",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=evidence] textarea",
            run: "edit Defender sur chaque poste, vérifié le 3 mars",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) [data-kind=antivirus]:contains('Valable')",
        },
    ],
});
