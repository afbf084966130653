// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.communication.routing.NoticeRouter;
import io.incidentcommander.udfs.communication.routing.RoutingFile;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.TenantRules;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * The router of the routing file, and of the routes and catalogues of control: the files the job
 * was started with and, where somebody keeps them, the updates since. To the labels of a notice
 * comes {@code owner}, by the catalogue of its tenant.
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
        return router(book(control));
    }

    /**
     * The router by this book, whatever it comes to hold.
     *
     * @throws IllegalArgumentException if the routing file is wrong; it was read before
     */
    NoticeRouter router(ControlBook book) {
        Problems problems = new Problems("the routing file");
        RoutingFile file = RoutingFile.read(routing, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The routing file is wrong: " + problems.all());
        }
        return new NoticeRouter(
                file.receivers(),
                (labels, millis) -> {
                    TenantRules rules = book.rules(labels.get("tenant"), millis);
                    LabelSet owned = owned(labels, rules.catalogue());
                    List<Route> routes = new ArrayList<>(file.routes(owned));
                    routes.addAll(rules.routes(owned));
                    return routes;
                });
    }

    ControlSettings control() {
        return control;
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

    private static LabelSet owned(LabelSet labels, ServiceCatalogue catalogue) {
        return name ->
                name.equals("owner")
                        ? catalogue.get(labels.get("service")).owner()
                        : labels.get(name);
    }
}
