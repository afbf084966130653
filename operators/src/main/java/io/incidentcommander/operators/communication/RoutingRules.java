// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.communication.routing.NoticeRouter;
import io.incidentcommander.udfs.communication.routing.RoutingFile;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * The router of the files the job was started with: the routing file, and the routes and catalogues
 * of the control files. To the labels of a notice comes {@code owner}, by the catalogue of its
 * tenant.
 */
public final class RoutingRules implements NoticeRouterProvider {
    private static final long serialVersionUID = 1L;

    private final String routing;
    private final ControlSettings control;

    /**
     * @param routing text of a routing file, read and found right
     */
    public RoutingRules(String routing, ControlSettings control) {
        this.routing = routing;
        this.control = control;
    }

    @Override
    public NoticeRouter router() {
        Problems problems = new Problems("the routing file");
        RoutingFile file = RoutingFile.read(routing, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The routing file is wrong: " + problems.all());
        }
        ControlBook book = book(control);
        return new NoticeRouter(
                file.receivers(),
                labels -> {
                    LabelSet owned = owned(labels, catalogue(book, labels.get("tenant")));
                    List<Route> routes = new ArrayList<>(file.routes(owned));
                    routes.addAll(book.rules(labels.get("tenant"), Long.MIN_VALUE).routes(owned));
                    return routes;
                });
    }

    /** Of files that were read and found right. */
    static ControlBook book(ControlSettings control) {
        List<Problems.Problem> problems = new ArrayList<>();
        ControlBook book = ControlBook.of(control.files(), control.maxSilences(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("A control file is wrong: " + problems);
        }
        return book;
    }

    static ServiceCatalogue catalogue(ControlBook book, String tenant) {
        return book.rules(tenant, Long.MIN_VALUE).catalogue();
    }

    private static LabelSet owned(LabelSet labels, ServiceCatalogue catalogue) {
        return name ->
                name.equals("owner")
                        ? catalogue.get(labels.get("service")).owner()
                        : labels.get(name);
    }
}
