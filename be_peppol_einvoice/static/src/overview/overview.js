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
    MONTH_PARTS,
    NEEDS,
    PERIODS,
    UNDER_WAY,
    headline,
    lastFetched,
    monthName,
    nextAttempt,
    percent,
    seenBy,
    triedAgain,
} from "./overview_texts";

/**
 * The first page: what needs the user, what is under way, and where the company stands with e-invoices. All figures, and
 * the lists behind them, come from the server's model `be.peppol.overview`.
 */
export class Overview extends Component {
    static template = "be_peppol_einvoice.Overview";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.periods = PERIODS;
        this.figures = FIGURES;
        this.connections = CONNECTIONS;
        this.modes = MODES;
        this.duty = DUTY;
        this.headline = headline;
        this.monthName = monthName;
        this.monthParts = MONTH_PARTS;
        this.nextAttempt = nextAttempt;
        this.lastFetched = lastFetched;
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

    family(key) {
        return this.families.find((family) => family.key === key);
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

    get needs() {
        const {companies, connections, needs, may_check, may_configure, may_invoice} = this.state.data;
        const names = Object.fromEntries(connections.map((connection) => [connection.id, connection.name]));
        return needs.map((need) => ({
            key: need.key,
            id: [need.key, need.company, need.direction, need.reason].join(" "),
            ...NEEDS[need.key]({
                need,
                company: companies.length > 1 && names[need.company],
                mayCheck: may_check,
                mayConfigure: may_configure,
                mayInvoice: may_invoice,
            }),
        }));
    }

    get underWay() {
        return this.state.data.under_way.map((part) => ({...part, ...UNDER_WAY[`${part.direction} ${part.state}`]}));
    }

    get nothingUnderWay() {
        return this.state.data.under_way.every((part) => !part.count);
    }

    /** The highest column of the chart. */
    get highest() {
        const wholes = this.state.data.months.flatMap((month) => MONTH_PARTS.map((part) => month[part.key].whole));
        return Math.max(1, ...wholes);
    }

    connectionText(company) {
        const receives = company.state === "connected" && company.receives;
        return CONNECTIONS[receives ? "connected_receives" : company.state];
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
        await this.openList("get_list_action", [figure, period || this.state.period]);
    }

    async openExchanges(direction, state, reason) {
        await this.openList("get_exchange_action", [direction, state, reason ?? null]);
    }

    async openList(method, args) {
        const action = await this.orm.call("be.peppol.overview", method, args);
        if (action.help) {
            // As the action service does with the actions that it loads itself: Odoo keeps this field sanitised
            action.help = markup(action.help);
        }
        await this.action.doAction(action);
    }

    async openNeed({figure, exchanges, company, action}) {
        if (figure) {
            // What is to be done is counted over the twelve months shown, whatever the chosen period
            await this.openFigure(figure, "last_12_months");
        } else if (exchanges) {
            await this.openExchanges(...exchanges);
        } else if (company) {
            await this.openConnection(company);
        } else {
            await this.action.doAction(action);
        }
    }

    async tryAgain([direction, reason]) {
        const count = await this.orm.call("be.peppol.overview", "try_exchanges_again", [direction, reason]);
        this.notification.add(triedAgain(count), {type: "success"});
        await this.load();
    }

    async openConnection(company) {
        await this.action.doAction(await this.orm.call("peppol.connection", "action_guide", [company]));
    }

    width(part, whole) {
        return whole ? `width: ${(100 * part) / whole}%` : "width: 0";
    }

    height(part) {
        return `height: ${(100 * part) / this.highest}%`;
    }
}

registry.category("actions").add("be_peppol_einvoice.overview", Overview);
