import {Component, onWillStart, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

// Each state has its own sign and its own words: colour only repeats them.
const STATUS = {
    weak: {icon: "fa-exclamation-triangle", tone: "text-danger", label: _t("Weak")},
    unknown: {icon: "fa-question-circle-o", tone: "text-muted", label: _t("Not known")},
    ok: {icon: "fa-check-circle", tone: "text-success", label: _t("In order")},
};
const LIGHTS = {
    red: {icon: "fa-exclamation-triangle", tone: "text-danger"},
    amber: {icon: "fa-exclamation-circle", tone: "text-warning"},
    green: {icon: "fa-check-circle", tone: "text-success"},
    grey: {icon: "fa-question-circle-o", tone: "text-muted"},
};

/** How safe this Odoo is: what was measured, what was declared, which devices grow old. */
export class PosturePage extends Component {
    static template = "sme_cyber.Page";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({page: null, busy: false});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("sme.cyber.page", "get_page", []);
    }

    get page() {
        return this.state.page;
    }

    get light() {
        return LIGHTS[this.page.light];
    }

    look(status) {
        return STATUS[status];
    }

    async measure() {
        this.state.busy = true;
        try {
            await this.orm.call("sme.cyber.finding", "action_measure", [[]]);
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    fix(finding) {
        if (!finding.warning) {
            return this.fixNow(finding);
        }
        this.dialog.add(ConfirmationDialog, {
            title: finding.button,
            body: finding.warning,
            confirmLabel: finding.button,
            confirm: () => this.fixNow(finding),
            cancel: () => {},
        });
    }

    async fixNow(finding) {
        const action = await this.orm.call("sme.cyber.finding", "action_fix", [[finding.id]]);
        if (action) {
            return this.action.doAction(action);
        }
        await this.load();
    }

    declare(one) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: one.name,
                res_model: "sme.cyber.measure",
                views: [[false, "form"]],
                target: "new",
                context: {default_kind: one.kind},
            },
            {onClose: () => this.load()}
        );
    }

    openDevices() {
        return this.action.doAction("sme_cyber.action_sme_cyber_device");
    }

    openTrend() {
        return this.action.doAction("sme_cyber.action_sme_cyber_day");
    }

    print() {
        return this.action.doAction("sme_cyber.action_report_posture", {
            additionalContext: {active_ids: [user.activeCompany.id], active_model: "res.company"},
        });
    }
}

registry.category("actions").add("sme_cyber.page", PosturePage);
