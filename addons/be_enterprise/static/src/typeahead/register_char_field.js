import {Component, useState} from "@odoo/owl";
import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useChildRef, useService} from "@web/core/utils/hooks";
import {CharField, charField} from "@web/views/fields/char/char_field";
import {useInputField} from "@web/views/fields/input_field_hook";

import {registerApplies, useRegister} from "./register_source";

/**
 * A name or number that is looked up in the offline company register while typing.
 *
 * Gives way to the widget that the field would have had (`otherwise`) where there is no register, where the contact is
 * a person or in another country, and where the user asks for it.
 */
export class RegisterCharField extends CharField {
    static template = "be_enterprise.RegisterCharField";
    static components = {...CharField.components, AutoComplete};
    static props = {...CharField.props, otherwise: Object};

    setup() {
        super.setup();
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.register = useRegister();
        this.state = useState({giveWay: false});
        this.inputRef = useChildRef();
        useInputField({
            getValue: () => this.props.record.data[this.props.name] || "",
            parse: (value) => this.parse(value),
            ref: this.inputRef,
        });
    }

    get usesRegister() {
        const {data, resModel} = this.props.record;
        const isCompany = resModel !== "res.partner" || data.is_company || data.company_type === "company";
        return !this.state.giveWay && isCompany && registerApplies(data.country_id);
    }

    get otherwiseProps() {
        const {otherwise, ...props} = this.props;
        const standard = {};
        for (const name of ["id", "name", "readonly", "record"]) {
            if (name in props) {
                standard[name] = props[name];
            }
        }
        return {...standard, ...otherwise.props};
    }

    get sources() {
        const elsewhere = (request) => [
            {
                cssClass: "o_be_register_elsewhere",
                label: _t("Search elsewhere (online service)"),
                onSelect: () => this.searchElsewhere(request),
            },
        ];
        const online = this.props.otherwise.widget === "field_partner_autocomplete";
        return [this.register.source(this.onSelect.bind(this), online ? elsewhere : undefined)];
    }

    async searchElsewhere(request) {
        await this.props.record.update({[this.props.name]: request});
        this.state.giveWay = true;
    }

    async onSelect(suggestion) {
        const {record} = this.props;
        if (suggestion.partner && record.resModel === "res.partner" && suggestion.partner.id !== record.resId) {
            this.offerExisting(suggestion.partner);
            return;
        }
        const values = await this.register.choose(suggestion);
        if (!values) {
            return;
        }
        delete values.is_company;
        delete values.company_type;
        const known = Object.fromEntries(Object.entries(values).filter(([name]) => name in record.activeFields));
        await record.update(known);
        if (this.props.setDirty) {
            this.props.setDirty(false);
        }
    }

    offerExisting(partner) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Already in your contacts"),
            body: _t("%s has this enterprise number. Open it instead of making it twice?", [partner.display_name]),
            confirmLabel: _t("Open the contact"),
            confirm: async () => {
                await this.props.record.discard();
                await this.action.doAction({
                    type: "ir.actions.act_window",
                    res_model: "res.partner",
                    res_id: partner.id,
                    views: [[false, "form"]],
                });
            },
            cancelLabel: _t("Stay here"),
            cancel: () => {},
        });
    }
}

export const registerCharField = {
    ...charField,
    component: RegisterCharField,
    extractProps: (fieldInfo, dynamicInfo) => {
        const widget = fieldInfo.attrs["data-otherwise"] || "char";
        const other = registry.category("fields").get(widget, charField);
        return {
            ...charField.extractProps(fieldInfo, dynamicInfo),
            otherwise: {
                widget,
                component: other.component,
                props: other.extractProps ? other.extractProps(fieldInfo, dynamicInfo) : {},
            },
        };
    },
};

registry.category("fields").add("be_register_char", registerCharField);

/** One suggestion: name, what else was typed, form, place, number; in words, not in colours. */
export class RegisterOption extends Component {
    static template = "be_enterprise.RegisterOption";
    static props = {suggestion: Object, label: String};

    get details() {
        const {form, zip, city, label} = this.props.suggestion;
        return [form, [zip, city].filter(Boolean).join(" "), label].filter(Boolean).join(" · ");
    }
}
RegisterCharField.components.RegisterOption = RegisterOption;
