import {Component} from "@odoo/owl";
import {makeContext} from "@web/core/context";
import {registry} from "@web/core/registry";
import {computeM2OProps, Many2One} from "@web/views/fields/many2one/many2one";
import {buildM2OFieldDescription, Many2OneField} from "@web/views/fields/many2one/many2one_field";
import {useOpenMany2XRecord} from "@web/views/fields/relational_utils";
import {session} from "@web/session";

import {RegisterOption} from "./register_char_field";
import {registerApplies, useRegister} from "./register_source";

/** A contact that is chosen among the existing ones, or made from the offline company register. */
export class RegisterMany2One extends Component {
    static template = "be_enterprise.RegisterMany2One";
    static components = {Many2One, RegisterOption};
    static props = {...Many2OneField.props};

    setup() {
        this.register = useRegister();
        this.openRecord = useOpenMany2XRecord({
            resModel: this.field.relation,
            activeActions: {
                create: this.props.canCreate,
                createEdit: this.props.canCreateEdit,
                write: this.props.canWrite,
            },
            isToMany: false,
            onRecordSaved: (record) =>
                this.select({
                    id: record.resId,
                    display_name: record.data.display_name || record.data.name,
                }),
            onRecordDiscarded: () => {},
            fieldString: this.props.string || this.field.string,
        });
    }

    get field() {
        return this.props.record.fields[this.props.name];
    }

    get m2oProps() {
        return {...computeM2OProps(this.props), otherSources: this.sources};
    }

    get sources() {
        return this.props.canCreate && registerApplies(false) ? [this.register.source(this.onSelect.bind(this))] : [];
    }

    select(value) {
        return this.props.record.update({[this.props.name]: value});
    }

    async onSelect(suggestion) {
        if (suggestion.partner) {
            return this.select(suggestion.partner);
        }
        const values = await this.register.choose(suggestion);
        if (!values) {
            return;
        }
        const defaults = {};
        for (const [name, value] of Object.entries(values)) {
            defaults[`default_${name}`] = value && value.id ? value.id : value;
        }
        return this.openRecord({context: makeContext([this.props.context, defaults])});
    }
}

export const registerMany2One = {...buildM2OFieldDescription(RegisterMany2One)};

registry.category("fields").add("be_register_many2one", registerMany2One);

/**
 * Where there is a register, the widget of contacts in core's forms (bills, orders...) looks into it; where there is
 * none, that widget stays what it is.
 */
export const registerTypeaheadService = {
    start() {
        if (session.be_register) {
            registry.category("fields").add("res_partner_many2one", registerMany2One, {force: true});
        }
    },
};

registry.category("services").add("be_register_typeahead", registerTypeaheadService);
