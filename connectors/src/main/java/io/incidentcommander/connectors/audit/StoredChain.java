// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * All that a table holds of one incident, damaged or not. The chain itself is unverified: this says
 * only whether each item is as the sink would have written it. Immutable.
 */
public final class StoredChain {
    private final List<Map<String, AttributeValue>> items;
    private final Optional<Map<String, AttributeValue>> headItem;
    private final List<IncidentEvent> events = new ArrayList<>();
    private final List<DamagedItem> damaged = new ArrayList<>();
    private final List<ChainHead> anchors = new ArrayList<>();
    private final Optional<ChainHead> head;

    /**
     * @param items of the ten partitions of events
     * @param headItem of HEAD, if there is one
     * @param anchorItems of the incident's anchors
     */
    StoredChain(
            List<Map<String, AttributeValue>> items,
            Optional<Map<String, AttributeValue>> headItem,
            List<Map<String, AttributeValue>> anchorItems) {
        this.items = List.copyOf(items);
        this.headItem = headItem;
        for (Map<String, AttributeValue> item : items) {
            read(item);
        }
        events.sort(Comparator.comparingLong(IncidentEvent::sequence));
        head = headItem.flatMap(item -> readHead(item, "head"));
        anchorItems.forEach(item -> readHead(item, "anchor").ifPresent(anchors::add));
    }

    /** Those that can be read, by sequence. */
    public List<IncidentEvent> events() {
        return Collections.unmodifiableList(events);
    }

    public Optional<ChainHead> head() {
        return head;
    }

    /** How far completed checkpoints saw the chain, by sequence. */
    public List<ChainHead> anchors() {
        return Collections.unmodifiableList(anchors);
    }

    public List<DamagedItem> damaged() {
        return Collections.unmodifiableList(damaged);
    }

    List<Map<String, AttributeValue>> items() {
        return items;
    }

    Optional<Map<String, AttributeValue>> headItem() {
        return headItem;
    }

    private void read(Map<String, AttributeValue> item) {
        IncidentEvent event;
        try {
            event = EventItems.event(item);
        } catch (IOException | RuntimeException e) {
            // Whatever stands there instead of an event: missing attributes, other types, no hash.
            damaged.add(
                    new DamagedItem(false, sequenceOf(item), place(item) + " is no event: " + e));
            return;
        }
        events.add(event);
        Map<String, AttributeValue> proper = EventItems.event(event);
        if (!proper.equals(item)) {
            TreeSet<String> wrong = new TreeSet<>(proper.keySet());
            wrong.addAll(item.keySet());
            wrong.removeIf(
                    name -> proper.containsKey(name) && proper.get(name).equals(item.get(name)));
            damaged.add(
                    new DamagedItem(
                            true,
                            event.sequence(),
                            place(item) + " says something else than its event: " + wrong));
        }
    }

    private Optional<ChainHead> readHead(Map<String, AttributeValue> item, String what) {
        try {
            return Optional.of(EventItems.chainHead(item));
        } catch (RuntimeException e) {
            damaged.add(new DamagedItem(false, 0, place(item) + " is no " + what + ": " + e));
            return Optional.empty();
        }
    }

    private static long sequenceOf(Map<String, AttributeValue> item) {
        String sort = item.get(EventItems.SORT).s();
        return sort.matches("[0-9]{1,18}|0[0-9]{18}") ? Long.parseLong(sort) : 0;
    }

    private static String place(Map<String, AttributeValue> item) {
        return "item " + item.get(EventItems.PARTITION).s() + " " + item.get(EventItems.SORT).s();
    }
}
