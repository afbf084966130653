// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.routing.RouteReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who is told, as a file: receivers, and routes to them by the labels tenant, service, owner and
 * severity. docs/communication.md has the format. Immutable.
 */
public final class RoutingFile {
    private static final Set<String> SECTIONS = Set.of("receivers", "routing");

    private final ReceiverBook receivers;
    private final Optional<Route> root;

    private RoutingFile(ReceiverBook receivers, Optional<Route> root) {
        this.receivers = receivers;
        this.root = root;
    }

    /** The file; what is wrong goes to the problems, with its line. */
    public static RoutingFile read(String yaml, Problems problems) {
        Optional<YamlNode> document = YamlNode.parse(yaml, problems);
        if (document.isEmpty()) {
            return new RoutingFile(ReceiverBook.of(List.of()), Optional.empty());
        }
        Map<String, YamlNode> sections = document.get().fields(SECTIONS);
        ReceiverBook receivers =
                sections.containsKey("receivers")
                        ? ReceiverBookReader.read(sections.get("receivers"))
                        : ReceiverBook.of(List.of());
        Optional<Route> root = Optional.empty();
        if (sections.containsKey("routing")) {
            root = Optional.of(new RouteReader(Map.of()).read(sections.get("routing")));
            requireReceivers(sections.get("routing"), receivers);
        }
        return new RoutingFile(receivers, root);
    }

    public ReceiverBook receivers() {
        return receivers;
    }

    /** The routes that a notice with these labels takes; none if the file has no routing. */
    public List<Route> routes(LabelSet labels) {
        return root.map(r -> r.match(labels)).orElse(List.of());
    }

    /** Receivers that are in no route, and in no level of one: nobody ever tells them. */
    public SortedSet<String> unused() {
        SortedSet<String> unused = new TreeSet<>(receivers.all().keySet());
        root.ifPresent(route -> use(route, unused));
        return unused;
    }

    private void use(Route route, SortedSet<String> unused) {
        use(route.receiver(), unused);
        route.children().forEach(child -> use(child, unused));
    }

    private void use(String receiver, SortedSet<String> unused) {
        if (unused.remove(receiver)) {
            receivers
                    .receiver(receiver)
                    .ifPresent(r -> r.levels().forEach(level -> use(level.receiver(), unused)));
        }
    }

    private static void requireReceivers(YamlNode route, ReceiverBook receivers) {
        if (!route.isMapping()) {
            return;
        }
        Map<String, YamlNode> fields = route.fields();
        YamlNode receiver = fields.get("receiver");
        if (receiver != null
                && receiver.isText()
                && receivers.receiver(receiver.text()).isEmpty()) {
            receiver.problem(
                    "no receiver " + receiver.text() + "; there are " + receivers.all().keySet());
        }
        if (fields.containsKey("routes") && fields.get("routes").isList()) {
            fields.get("routes").items().forEach(child -> requireReceivers(child, receivers));
        }
    }
}
