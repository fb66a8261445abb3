import {Component} from "@odoo/owl";

/** One programme: the aid, why, until when, what is missing, and the button that starts the dossier. */
export class FinderCard extends Component {
    static template = "be_digital_cheque.FinderCard";
    static props = {
        card: Object,
        incomeTaxKnown: Boolean,
        answer: Function,
        openFact: Function,
        start: Function,
    };

    get sign() {
        return {
            eligible: "fa-check-circle text-success",
            unknown: "fa-question-circle text-warning",
            not_eligible: "fa-times-circle text-danger",
        }[this.props.card.verdict];
    }

    signOf(line) {
        if (line.met === null) {
            return "fa-question text-warning";
        }
        return line.met ? "fa-check text-success" : "fa-times text-danger";
    }
}
