// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.QuietHours;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Reads who stands behind the names of receivers: docs/communication.md has the format. */
public final class ReceiverBookReader {
    private static final Set<String> CONTACT_KEYS =
            Set.of("slack", "pagerduty", "email", "webhook", "log", "quiet");
    private static final Set<String> QUIET_KEYS = Set.of("zone", "from", "until");

    private ReceiverBookReader() {}

    /** The book; what is wrong goes to the problems, with its line. */
    public static ReceiverBook read(String yaml, Problems problems) {
        return YamlNode.parse(yaml, problems)
                .map(root -> root.fields(Set.of("receivers")).get("receivers"))
                .map(ReceiverBookReader::read)
                .orElse(ReceiverBook.of(List.of()));
    }

    /** A mapping of name to contacts and levels. */
    static ReceiverBook read(YamlNode node) {
        Map<String, Receiver> receivers = new TreeMap<>();
        Map<String, YamlNode> places = new TreeMap<>();
        node.fields()
                .forEach(
                        (name, known) -> {
                            receivers.put(name, receiver(name, known));
                            places.put(name, known);
                        });
        receivers.forEach(
                (name, receiver) ->
                        receiver.levels().stream()
                                .filter(level -> !receivers.containsKey(level.receiver()))
                                .forEach(
                                        level ->
                                                places.get(name)
                                                        .problem(
                                                                "no receiver "
                                                                        + level.receiver()
                                                                        + "; there are "
                                                                        + receivers.keySet())));
        return ReceiverBook.of(receivers.values());
    }

    private static Receiver receiver(String name, YamlNode node) {
        Map<String, YamlNode> fields = node.fields(Set.of("contacts", "escalation"));
        List<Contact> contacts = new ArrayList<>();
        List<Receiver.Level> levels = new ArrayList<>();
        if (fields.containsKey("contacts")) {
            fields.get("contacts").items().forEach(item -> contact(item).ifPresent(contacts::add));
        }
        if (fields.containsKey("escalation")) {
            fields.get("escalation").items().forEach(item -> level(item).ifPresent(levels::add));
        }
        return new Receiver(name, contacts, levels);
    }

    private static Optional<Contact> contact(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(CONTACT_KEYS);
        Optional<QuietHours> quiet =
                fields.containsKey("quiet") ? quiet(fields.get("quiet")) : Optional.empty();
        List<Contact> contacts = new ArrayList<>();
        for (ChannelKind kind : ChannelKind.values()) {
            if (fields.containsKey(kind.word())) {
                contacts.add(new Contact(kind, fields.get(kind.word()).text(), quiet));
            }
        }
        if (contacts.size() != 1 || contacts.get(0).address().isEmpty()) {
            node.problem(
                    "a contact has one of slack, pagerduty, email, webhook, log, and its address");
            return Optional.empty();
        }
        return Optional.of(contacts.get(0));
    }

    private static Optional<Receiver.Level> level(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(Set.of("after", "to"));
        if (!fields.containsKey("after") || !fields.containsKey("to")) {
            node.problem("a level has after and to, as in {after: 5 min, to: lead}");
            return Optional.empty();
        }
        OptionalLong after = Values.duration(fields.get("after"));
        return after.isPresent()
                ? Optional.of(new Receiver.Level(after.getAsLong(), fields.get("to").text()))
                : Optional.empty();
    }

    private static Optional<QuietHours> quiet(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(QUIET_KEYS);
        if (!fields.keySet().containsAll(QUIET_KEYS)) {
            node.problem("quiet hours have zone, from and until, as in until: \"07:00\"");
            return Optional.empty();
        }
        Optional<ZoneId> zone = Values.zone(fields.get("zone"));
        Optional<Integer> from = minute(fields.get("from"));
        Optional<Integer> until = minute(fields.get("until"));
        return zone.isPresent() && from.isPresent() && until.isPresent()
                ? Optional.of(new QuietHours(zone.get(), from.get(), until.get()))
                : Optional.empty();
    }

    private static Optional<Integer> minute(YamlNode node) {
        try {
            LocalTime time = LocalTime.parse(node.text());
            return Optional.of(time.getHour() * 60 + time.getMinute());
        } catch (DateTimeException e) {
            node.problem("'" + node.text() + "' is no time of day; use one as in \"07:00\"");
            return Optional.empty();
        }
    }
}
