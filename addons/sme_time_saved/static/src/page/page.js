import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const MODEL = "sme.time.page";

/** Hours and euros saved, month by month, with the working of one month. */
export class TimeSavedPage extends Component {
    static template = "sme_time_saved.Page";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({page: null, busy: false});
        onWillStart(() => this.load(false));
    }

    async load(month) {
        this.state.page = await this.orm.call(MODEL, "get_page", [month || null]);
    }

    get page() {
        return this.state.page;
    }

    async countNow() {
        this.state.busy = true;
        try {
            await this.orm.call(MODEL, "count_now", []);
            await this.load(false);
        } finally {
            this.state.busy = false;
        }
    }

    async switchMail(event) {
        await this.orm.call(MODEL, "set_mail", [event.target.checked]);
        await this.load(this.page.chosen.month);
    }

    async openRecords(line) {
        const action = await this.orm.call("sme.time.line", "action_open_events", [[line.id]]);
        return this.action.doAction(action);
    }

    openMinutes(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: line.name,
            res_model: "sme.time.kind",
            res_id: line.kind_id,
            views: [[false, "form"]],
        });
    }

    openAnalysis() {
        return this.action.doAction("sme_time_saved.action_sme_time_line");
    }
}

registry.category("actions").add("sme_time_saved.page", TimeSavedPage);
