import {CatalogueOverview} from "./catalogue_overview";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {ListRenderer} from "@web/views/list/list_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

export class CatalogueKanbanRenderer extends KanbanRenderer {
    static template = "be_digital_cheque.CatalogueKanbanRenderer";
    static components = {...KanbanRenderer.components, CatalogueOverview};
}

export class CatalogueListRenderer extends ListRenderer {
    static template = "be_digital_cheque.CatalogueListRenderer";
    static components = {...ListRenderer.components, CatalogueOverview};
}

registry
    .category("views")
    .add("digital_cheque_catalogue_kanban", {
        ...kanbanView,
        Renderer: CatalogueKanbanRenderer,
    })
    .add("digital_cheque_catalogue_list", {
        ...listView,
        Renderer: CatalogueListRenderer,
    });
