import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sme_onboarding_show_stock", {
    url: "/odoo/receipts",
    steps: () => [
        {
            trigger: ".o_list_button_add, .o-kanban-button-new",
            content: _t("Goods come in: begin a receipt."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_x2many_list_row_add a",
            content: _t("Add what was delivered."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_selected_row .o_field_widget[name=product_id] input",
            content: _t("Which product? It has to be one that is kept in stock."),
            tooltipPosition: "bottom",
            run: "edit Ourthe",
        },
        {
            isActive: ["auto"],
            trigger: `.o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item:contains("Ourthe")`,
            run: "click",
        },
        {
            trigger: ".o_form_view .o_selected_row .o_field_widget[name=product_uom_qty] input",
            content: _t("How many?"),
            tooltipPosition: "bottom",
            run: "edit 5",
        },
        {
            trigger: ".o_form_view button[name=action_confirm]:visible",
            content: _t("Keep it as what is expected."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=button_validate]:visible",
            content: _t("All there? Validate: the stock is up to date."),
            tooltipPosition: "bottom",
            run: "click",
        },
    ],
});

// The shop as it is shown within Odoo: a frame around the firm's own site.
tours.add("sme_onboarding_show_web_sale", {
    url: "/odoo/action-website.website_preview?path=%2Fshop",
    steps: () => [
        {
            trigger: ":iframe .oe_product a[href*='/shop/']",
            content: _t("Buy something as a customer would: choose a product."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ":iframe #add_to_cart",
            content: _t("Put it into the basket."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ":iframe a[href='/shop/cart']",
            content: _t("Go to the basket and finish the order as far as the payment."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ":iframe a[name=website_sale_main_button]",
            content: _t("This leads to the payment. Cancel the order afterwards if it was only a test."),
            tooltipPosition: "top",
            run: "click",
        },
    ],
});
