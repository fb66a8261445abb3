import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** "Customers and suppliers ready?": what stands in the way of electronic invoices, and what can be done about it. */
export class QualityPage extends Component {
    static template = "be_enterprise.QualityPage";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({total: 0, ready: 0, issues: []});
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("be.quality", "overview", []));
    }

    get percentage() {
        return this.state.total ? Math.floor((100 * this.state.ready) / this.state.total) : 0;
    }

    get progressLabel() {
        return _t("%(ready)s of %(total)s contacts are ready (%(percentage)s%)", {
            ready: this.number(this.state.ready),
            total: this.number(this.state.total),
            percentage: this.percentage,
        });
    }

    /** The issue to begin with: the first that may be put right in bulk if there is any, else the first. */
    get next() {
        const open = this.state.issues.filter((issue) => issue.count);
        return open.find((issue) => issue.fixable) || open[0];
    }

    number(value) {
        return formatInteger(value);
    }

    async openList(issue) {
        await this.action.doAction(await this.orm.call("be.quality", "action_list", [issue.code]));
    }

    async fix(issue) {
        await this.openDialog("action_fix", [issue.code]);
    }

    async merge() {
        await this.openDialog("action_merge", []);
    }

    async openDialog(method, args) {
        await this.action.doAction(await this.orm.call("be.quality", method, args), {
            onClose: () => this.load(),
        });
    }
}

registry.category("actions").add("be_enterprise.quality", QualityPage);
