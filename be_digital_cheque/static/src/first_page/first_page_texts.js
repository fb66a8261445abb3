import {_t} from "@web/core/l10n/translation";

/** What to do next, by the key that the server gives: its sign, and what is said of it. */
export const STEPS = {
    overdue: {
        icon: "fa-exclamation-triangle",
        tone: "danger",
        title: (count) => (count === 1 ? _t("A deadline has passed") : _t("%s deadlines have passed", count)),
        text: _t("Look at them now: some deadlines cost the right to the aid, others can still be made good."),
        button: _t("Open the Dossiers"),
    },
    info_asked: {
        icon: "fa-question-circle",
        tone: "warning",
        title: (count) =>
            count === 1
                ? _t("An authority asked for more information")
                : _t("Authorities asked for more information: %s dossiers", count),
        text: _t("The decision waits for your answer."),
        button: _t("Open the Dossiers"),
    },
    near: {
        icon: "fa-clock-o",
        tone: "warning",
        title: (count) => (count === 1 ? _t("A deadline within 7 days") : _t("%s deadlines within 7 days", count)),
        text: _t("Do these first, in the order of the list."),
        button: _t("Open the Dossiers"),
    },
    to_book: {
        icon: "fa-book",
        tone: "info",
        title: (count) => (count === 1 ? _t("An award is to be booked") : _t("%s awards are to be booked", count)),
        text: _t("The authority has decided. The entry is prepared as a draft for you to look at."),
        button: _t("Open the Dossiers"),
    },
    to_release: {
        icon: "fa-book",
        tone: "info",
        title: (count) =>
            count === 1 ? _t("A capital grant is to be released") : _t("%s capital grants are to be released", count),
        text: _t("Depreciation has had its day: the same share of the grant goes to income."),
        button: _t("Open the Dossiers"),
    },
    soon: {
        icon: "fa-calendar",
        tone: "info",
        title: (count) => (count === 1 ? _t("A deadline within 30 days") : _t("%s deadlines within 30 days", count)),
        text: _t("Nothing is urgent. Prepare what these dossiers need."),
        button: _t("Open the Dossiers"),
    },
    nothing: {
        icon: "fa-check-circle",
        tone: "success",
        title: () => _t("Nothing waits for you"),
        text: _t("No deadline in the next 30 days. See which aid fits what you plan."),
        button: _t("Look at the Programmes"),
    },
};

/** The figures of what waits, in the order of the page. */
export const WAITING = [
    {key: "overdue", label: _t("Deadlines that have passed"), icon: "fa-exclamation-triangle text-danger"},
    {key: "near", label: _t("Deadlines within 7 days"), icon: "fa-clock-o text-warning"},
    {key: "soon", label: _t("Deadlines within 30 days"), icon: "fa-calendar text-info"},
    {key: "info_asked", label: _t("Information asked by the authority"), icon: "fa-question-circle text-warning"},
    {key: "to_book", label: _t("Awards to be booked"), icon: "fa-book text-info"},
    {key: "to_release", label: _t("Capital grants to be released"), icon: "fa-book text-info"},
];

/** How far a deadline is, in words. */
export function remaining(days) {
    if (days < -1) {
        return _t("%s days late", -days);
    }
    return {"-1": _t("1 day late"), 0: _t("today"), 1: _t("tomorrow")}[days] || _t("in %s days", days);
}
