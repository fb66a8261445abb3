import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const EVERY = 2000;

/** Progress of an import that goes on on the server: reloads the record while it waits or runs. */
export class RegisterProgress extends Component {
    static template = "be_enterprise.RegisterProgress";
    static props = {...standardFieldProps};

    setup() {
        onMounted(() => this.schedule());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get percent() {
        return Math.min(100, Math.floor(this.props.record.data[this.props.name] || 0));
    }

    get working() {
        return ["queued", "running"].includes(this.props.record.data.state);
    }

    schedule() {
        this.timer = browser.setTimeout(async () => {
            if (this.working && !(await this.props.record.isDirty())) {
                await this.props.record.load();
            }
            this.schedule();
        }, EVERY);
    }
}

registry.category("fields").add("be_register_progress", {
    component: RegisterProgress,
    supportedTypes: ["float"],
});
