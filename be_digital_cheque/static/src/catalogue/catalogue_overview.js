import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * The head of the catalogue: where the aid programmes stand, as figures that set the search, and the notice that the
 * authority decides.
 */
export class CatalogueOverview extends Component {
    static template = "be_digital_cheque.CatalogueOverview";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.state = useState({figures: null});
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.state.figures = await this.orm.call("digital.cheque.programme", "catalogue_overview");
    }

    /** Show the programmes that one search filter finds, and nothing else. */
    show(filterName) {
        const searchModel = this.env.searchModel;
        const items = searchModel.getSearchItems((item) => item.name === filterName);
        searchModel.query = [];
        for (const item of items) {
            searchModel.toggleSearchItem(item.id);
        }
    }
}
