import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The result of a maturity assessment: level in words, the dimensions as a radar beside the previous time, the gaps that
 * matter most. All figures of the picture also stand in the table beside it, which screen readers find.
 */
export class MaturityResult extends Component {
    static template = "sme_onboarding.MaturityResult";
    static props = {...standardFieldProps};

    setup() {
        this.canvasRef = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = this.draw();
                return () => chart?.destroy();
            },
            () => [JSON.stringify(this.result)]
        );
    }

    get result() {
        return this.props.record.data[this.props.name] || {parts: [], gaps: [], peers: [], trend: []};
    }

    get hasPrevious() {
        return this.result.parts.some((part) => part.before !== null);
    }

    percent(value) {
        return value === null ? _t("not known") : _t("%s %", value);
    }

    /** A radar needs three axes that are known; with fewer the bars of the table say it all. */
    get hasRadar() {
        return this.result.parts.filter((part) => part.percent !== null).length > 2;
    }

    draw() {
        if (!this.canvasRef.el) {
            return null;
        }
        const scheme = cookie.get("color_scheme");
        const dataset = (label, values, color, dash) => ({
            label,
            data: values,
            borderColor: color,
            backgroundColor: color + "22",
            borderDash: dash,
            pointRadius: 4,
        });
        const parts = this.result.parts;
        const datasets = [
            dataset(
                _t("Now"),
                parts.map((part) => part.percent),
                getColor(1, scheme),
                []
            ),
        ];
        if (this.hasPrevious) {
            datasets.push(
                dataset(
                    _t("Previous time"),
                    parts.map((part) => part.before),
                    getColor(2, scheme),
                    [6, 4]
                )
            );
        }
        // eslint-disable-next-line no-undef
        return new Chart(this.canvasRef.el, {
            type: "radar",
            data: {labels: parts.map((part) => part.name), datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {legend: {display: this.hasPrevious, position: "bottom"}},
                scales: {r: {min: 0, max: 100, ticks: {stepSize: 25, backdropColor: "transparent"}}},
            },
        });
    }
}

registry.category("fields").add("sme_maturity_result", {
    component: MaturityResult,
    supportedTypes: ["json"],
});
