import {Component, markup, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate, formatDateTime} from "@web/core/l10n/dates";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {ADVICE, CHECK_STATES, GROUPS, NETWORKS, OTHER_NETWORK, UNKNOWN_ADVICE} from "./readiness_texts";

const EVERY = 2000;
const CHART = {width: 600, height: 160};

/** Which customers can receive e-invoices, which cannot, why, and what to do; all comes from `be.peppol.readiness`. */
export class Readiness extends Component {
    static template = "be_peppol_einvoice.Readiness";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.chart = CHART;
        this.advice = ADVICE;
        this.unknownAdvice = UNKNOWN_ADVICE;
        this.state = useState({data: null, busy: false});
        onWillStart(() => this.load());
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    async load() {
        this.show(await this.orm.silent.call("be.peppol.readiness", "get_readiness", []));
    }

    /** A check goes on on the server: the page follows it for as long as it is shown. */
    show(data) {
        this.state.data = data;
        browser.clearTimeout(this.timer);
        if (this.working) {
            this.timer = browser.setTimeout(() => this.load(), EVERY);
        }
    }

    // ---------------------------------------------------------------------------------------------------------------
    // What is shown
    // ---------------------------------------------------------------------------------------------------------------

    get check() {
        return this.state.data.check;
    }

    get working() {
        return Boolean(this.check) && ["queued", "running"].includes(this.check.state);
    }

    get groups() {
        return GROUPS.map((group) => ({...group, count: this.state.data.figures[group.key]}));
    }

    get total() {
        return this.groups.reduce((sum, group) => sum + group.count, 0);
    }

    get headline() {
        const {share, checked, figures} = this.state.data;
        if (share === null) {
            return _t("Nobody knows yet: no customer has been checked.");
        }
        return _t("%(ready)s of %(checked)s checked customers can receive e-invoices", {
            ready: figures.can_receive,
            checked,
        });
    }

    get networkText() {
        const {network} = this.state.data;
        return network
            ? NETWORKS[network] || OTHER_NETWORK
            : _t("No Peppol network is chosen: Odoo's own server is asked, one customer at a time.");
    }

    get percent() {
        const {done, total} = this.check;
        return total ? Math.min(100, Math.floor((100 * done) / total)) : 0;
    }

    get checkText() {
        return CHECK_STATES[this.check.state];
    }

    get checkCounts() {
        const {done, total, unknown} = this.check;
        const counts = _t("%(done)s of %(total)s customers", {done, total});
        return unknown ? `${counts} · ${_t("%s without an answer", unknown)}` : counts;
    }

    get checkedOn() {
        const time = this.check.finished_at || this.check.started_at;
        return formatDateTime(deserializeDateTime(time));
    }

    get checkButton() {
        return this.check && this.check.state === "interrupted" ? _t("Go on with the check") : _t("Check my customers");
    }

    width(part, whole) {
        return whole ? `width: ${(100 * part) / whole}%` : "width: 0";
    }

    // ---------------------------------------------------------------------------------------------------------------
    // The picture over time: one column for each day, what can receive at the bottom
    // ---------------------------------------------------------------------------------------------------------------

    get columns() {
        const {days} = this.state.data;
        const highest = Math.max(1, ...days.map((day) => this.sum(day)));
        const step = CHART.width / Math.max(days.length, 14);
        return days.map((day, index) => {
            let bottom = CHART.height;
            const parts = GROUPS.map(({key, tone}) => {
                const height = (CHART.height * day[key]) / highest;
                bottom -= height;
                return {key, tone, height, y: bottom};
            });
            const date = formatDate(deserializeDate(day.date));
            const title = _t("%(date)s: %(ready)s of %(total)s can receive", {
                date,
                ready: day.can_receive,
                total: this.sum(day),
            });
            return {date: day.date, x: index * step, width: step * 0.8, parts, title};
        });
    }

    get firstDay() {
        return formatDate(deserializeDate(this.state.data.days[0].date));
    }

    get lastDay() {
        return formatDate(deserializeDate(this.state.data.days.at(-1).date));
    }

    get chartText() {
        return this.columns.at(-1).title;
    }

    sum(day) {
        return GROUPS.reduce((sum, {key}) => sum + day[key], 0);
    }

    // ---------------------------------------------------------------------------------------------------------------
    // What can be done
    // ---------------------------------------------------------------------------------------------------------------

    async call(method) {
        this.state.busy = true;
        try {
            this.show(await this.orm.call("be.peppol.readiness", method, []));
        } finally {
            this.state.busy = false;
        }
    }

    openGroup(group) {
        return this.open("be.peppol.overview", [group.key]);
    }

    openReason(field, reason) {
        return this.open("be.peppol.readiness", [field, reason.code]);
    }

    async open(model, args) {
        const action = await this.orm.call(model, "get_list_action", args);
        if (action.help) {
            // As the action service does with the actions that it loads itself: Odoo keeps this field sanitised
            action.help = markup(action.help);
        }
        await this.action.doAction(action);
    }

    openDays() {
        return this.action.doAction("be_peppol_einvoice.action_readiness_days");
    }

    openSettings() {
        return this.action.doAction("account.action_account_config");
    }
}

registry.category("actions").add("be_peppol_einvoice.readiness", Readiness);
