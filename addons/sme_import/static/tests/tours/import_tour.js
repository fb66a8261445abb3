import {registry} from "@web/core/registry";

// In French, as a bookkeeper in Liège: from the menu to the records, and back again.
registry.category("web_tour.tours").add("sme_import_french", {
    steps: () => [
        {
            content: "A new import",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "It says what to choose",
            trigger: ".alert:contains('tel qu\\'il a été exporté')",
        },
        {
            content: "Choose the file",
            trigger: ".o_field_widget[name='file'] input[type='file']",
            run: async ({anchor}) => {
                const lines = [
                    "N° client;Nom;Code postal;Localité;N° TVA",
                    "1;Menuiserie Tour;4000;Liège;200000043",
                    "2;;5000;Namur;",
                ];
                const file = new File([lines.join("\r\n")], "clients.csv", {type: "text/csv"});
                const transfer = new DataTransfer();
                transfer.items.add(file);
                anchor.files = transfer.files;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "The file is there",
            trigger: ".o_field_widget[name='file'] input[type='text']",
        },
        {
            content: "Read it",
            trigger: "button[name='action_read']:contains('Lire le fichier')",
            run: "click",
        },
        {
            content: "What the columns hold is proposed",
            trigger: ".o_field_widget[name='column_ids'] .o_data_row:contains('N° TVA'):contains('Numéro de TVA')",
        },
        {
            content: "Check the rows",
            trigger: "button[name='action_check']:contains('Contrôler')",
            run: "click",
        },
        {
            content: "The row without a name says so",
            trigger: ".o_field_widget[name='attention_ids'] .o_data_row:contains('Il n\\'y a pas de nom')",
        },
        {
            content: "Bring in",
            trigger: "button[name='action_load']",
            run: "click",
        },
        {
            content: "One is in, one is not",
            trigger: "button[name='action_rows']:contains('Importées'):contains('1')",
        },
        {
            content: "See the row that is not in",
            trigger: "button[name='action_rows']:contains('Non importées')",
            run: "click",
        },
        {
            content: "It still says why",
            trigger: ".o_list_view .o_data_row:contains('Il n\\'y a pas de nom')",
        },
        {
            content: "Back to the import",
            trigger: ".o_back_button a, .breadcrumb-item:last a",
            run: "click",
        },
        {
            content: "Take it back",
            trigger: "button[name='action_undo']",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It was taken back",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value='undone']",
        },
    ],
});
