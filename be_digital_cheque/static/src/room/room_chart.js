import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {formatDate} from "@web/core/l10n/dates";
import {formatMonetary} from "@web/views/fields/formatters";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const {DateTime} = luxon;

/**
 * The room for de minimis aid from today on, as steps: it comes back three years after each grant. The same figures
 * stand in a table that screen readers find.
 */
export class RoomChart extends Component {
    static template = "be_digital_cheque.RoomChart";
    static props = {...standardFieldProps};

    setup() {
        this.canvasRef = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = this.draw();
                return () => chart?.destroy();
            },
            () => [JSON.stringify(this.steps)]
        );
    }

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    get currencyId() {
        return this.props.record.data.currency_id?.id;
    }

    get rows() {
        return this.steps.map((step) => ({
            key: step.on,
            day: formatDate(DateTime.fromISO(step.on)),
            left: this.euros(step.left),
        }));
    }

    get label() {
        return _t("Room for de minimis aid from today on");
    }

    euros(amount) {
        return formatMonetary(amount, {currencyId: this.currencyId});
    }

    /** The last step goes on to the end of the regulation. */
    get points() {
        const points = this.steps.map((step) => ({x: DateTime.fromISO(step.on).toMillis(), y: step.left}));
        if (points.length) {
            points.push({x: DateTime.fromISO("2030-12-31").toMillis(), y: points.at(-1).y});
        }
        return points;
    }

    draw() {
        if (!this.canvasRef.el || !this.steps.length) {
            return null;
        }
        const color = getColor(1, cookie.get("color_scheme"), "odoo");
        return new Chart(this.canvasRef.el, {
            type: "line",
            data: {
                datasets: [
                    {data: this.points, stepped: true, fill: true, borderColor: color, backgroundColor: color + "33"},
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: {display: false},
                    tooltip: {
                        callbacks: {
                            title: ([item]) => formatDate(DateTime.fromMillis(item.parsed.x)),
                            label: (item) => this.euros(item.parsed.y),
                        },
                    },
                },
                scales: {
                    x: {
                        type: "linear",
                        ticks: {maxTicksLimit: 8, callback: (value) => DateTime.fromMillis(value).toFormat("MM/yyyy")},
                    },
                    y: {beginAtZero: true, ticks: {callback: (value) => this.euros(value)}},
                },
            },
        });
    }
}

registry.category("fields").add("be_digital_cheque_room_chart", {
    component: RoomChart,
    displayName: _t("Room for De Minimis Aid"),
    supportedTypes: ["json"],
});
