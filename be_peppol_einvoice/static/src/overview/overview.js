import {Component, markup, onWillStart, useRef, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {
    CONNECTIONS,
    DUTY,
    FAMILIES,
    FIGURES,
    MODES,
    PERIODS,
    STEPS,
    headline,
    monthLabel,
    monthName,
    percent,
    seenBy,
} from "./overview_texts";

/**
 * The first page: where the company stands with e-invoices, and the one thing to do next. All figures, and the lists
 * behind them, come from the server's model `be.peppol.overview`.
 */
export class Overview extends Component {
    static template = "be_peppol_einvoice.Overview";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.periods = PERIODS;
        this.figures = FIGURES;
        this.connections = CONNECTIONS;
        this.modes = MODES;
        this.duty = DUTY;
        this.headline = headline;
        this.monthName = monthName;
        this.monthLabel = monthLabel;
        this.percent = percent;
        this.rootRef = useRef("root");
        this.state = useState({
            period: this.props.state?.period || "last_12_months",
            loading: false,
            data: null,
        });
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => ({period: this.state.period}),
        });
        onWillStart(() => this.load());
    }

    get families() {
        return FAMILIES.map((family) => {
            const data = this.state.data[family.key];
            const total = family.order.reduce((sum, figure) => sum + data.figures[figure], 0);
            return {...family, ...data, total};
        });
    }

    get severalCompanies() {
        return this.state.data.companies.length > 1;
    }

    /** What is known of a customer on Peppol is known to one company. */
    get seenBy() {
        return seenBy(this.state.data.connections[0].name);
    }

    get step() {
        const {step, may_check, may_configure, may_invoice} = this.state.data;
        return STEPS[step.key]({
            count: step.count,
            mayCheck: may_check,
            mayConfigure: may_configure,
            mayInvoice: may_invoice,
        });
    }

    get periodName() {
        return PERIODS.find((period) => period.key === this.state.period).label;
    }

    async load() {
        const period = this.state.period;
        this.state.loading = true;
        try {
            const data = await this.orm.call("be.peppol.overview", "get_overview", [period]);
            // A slower answer to an earlier choice must not replace the later one
            if (period === this.state.period) {
                this.state.data = data;
            }
        } catch (error) {
            if (this.state.data && period === this.state.period) {
                this.state.period = this.state.data.period;
            }
            throw error;
        } finally {
            this.state.loading = false;
        }
    }

    async choosePeriod(period) {
        this.state.period = period;
        await this.load();
    }

    async openFigure(figure, period) {
        const action = await this.orm.call("be.peppol.overview", "get_list_action", [
            figure,
            period || this.state.period,
        ]);
        if (action.help) {
            // As the action service does with the actions that it loads itself: Odoo keeps this field sanitised
            action.help = markup(action.help);
        }
        await this.action.doAction(action);
    }

    async openStep() {
        const {figure, action} = this.step;
        if (figure) {
            // What is to be done is counted over the twelve months shown, whatever the chosen period
            await this.openFigure(figure, "last_12_months");
        } else {
            await this.action.doAction(action);
        }
    }

    openSettings() {
        return this.action.doAction("account.action_account_config");
    }

    width(part, whole) {
        return whole ? `width: ${(100 * part) / whole}%` : "width: 0";
    }
}

registry.category("actions").add("be_peppol_einvoice.overview", Overview);
