// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The layout of the event table, as docs/event-store.md specifies it: one immutable item per event
 * under {@code incident#shard} and the sequence, one HEAD item per incident under {@code
 * incident#HEAD}. Pure functions.
 */
final class EventItems {
    static final String PARTITION = "pk";
    static final String SORT = "sk";
    static final String SEQUENCE = "sequence";
    static final String HASH = "hash";
    static final int SHARDS = 10;

    private static final String CANONICAL = "canonical";
    private static final String HEAD = "HEAD";
    private static final String ANCHOR = "#ANCHOR";

    private EventItems() {}

    /** {@code incident#shard}: the shard is the hash of who changed it, modulo ten. */
    static String partition(String incidentId, String agent) {
        byte[] hash = Sha256.of(agent.getBytes(StandardCharsets.UTF_8));
        int first =
                (hash[0] & 0xff) << 24
                        | (hash[1] & 0xff) << 16
                        | (hash[2] & 0xff) << 8
                        | (hash[3] & 0xff);
        return partition(incidentId, Integer.remainderUnsigned(first, SHARDS));
    }

    static String partition(String incidentId, int shard) {
        return incidentId + "#" + shard;
    }

    /** Nineteen digits, so that text order is numeric order. */
    static String sortKey(long sequence) {
        return String.format(Locale.ROOT, "%019d", sequence);
    }

    static Map<String, AttributeValue> headKey(String incidentId) {
        return key(incidentId + "#" + HEAD, HEAD);
    }

    /** Where any writer may have put an event of this sequence. */
    static List<Map<String, AttributeValue>> eventKeys(String incidentId, long sequence) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            keys.add(key(partition(incidentId, shard), sortKey(sequence)));
        }
        return keys;
    }

    /** The canonical bytes for machines, and beside them what a human wants to read. */
    static Map<String, AttributeValue> event(IncidentEvent event) {
        Map<String, AttributeValue> item =
                key(partition(event.incidentId(), event.agent()), sortKey(event.sequence()));
        item.put("event_id", text(event.eventId()));
        item.put("incident_id", text(event.incidentId()));
        item.put("tenant", text(event.tenant()));
        item.put(SEQUENCE, number(event.sequence()));
        item.put("kind", text(event.kind().word()));
        item.put("event_time", number(event.eventTimeMillis()));
        item.put("agent", text(event.agent()));
        item.put("cause", text(event.cause()));
        item.put("type", text(event.incident().type().word()));
        item.put("severity", text(event.incident().severity().name()));
        item.put("state", text(event.incident().state().word()));
        item.put("previous_hash", text(event.previousHash()));
        item.put(HASH, text(event.hash()));
        item.put(CANONICAL, AttributeValue.fromB(SdkBytes.fromByteArray(event.canonical())));
        return item;
    }

    static Map<String, AttributeValue> head(IncidentEvent last) {
        Map<String, AttributeValue> item = headKey(last.incidentId());
        item.put("incident_id", text(last.incidentId()));
        item.put("tenant", text(last.tenant()));
        item.put(SEQUENCE, number(last.sequence()));
        item.put(HASH, text(last.hash()));
        return item;
    }

    static String anchorPartition(String incidentId) {
        return incidentId + ANCHOR;
    }

    static Map<String, AttributeValue> anchorKey(ChainAnchor anchor) {
        return key(anchorPartition(anchor.incidentId()), sortKey(anchor.head().sequence()));
    }

    static Map<String, AttributeValue> anchor(ChainAnchor anchor) {
        Map<String, AttributeValue> item = anchorKey(anchor);
        item.put("incident_id", text(anchor.incidentId()));
        item.put(SEQUENCE, number(anchor.head().sequence()));
        item.put(HASH, text(anchor.head().hash()));
        return item;
    }

    static boolean isHead(Map<String, AttributeValue> item) {
        return HEAD.equals(item.get(SORT).s());
    }

    static ChainHead chainHead(Map<String, AttributeValue> item) {
        return new ChainHead(Long.parseLong(item.get(SEQUENCE).n()), item.get(HASH).s());
    }

    /**
     * @throws IOException if the item's canonical bytes are no event
     */
    static IncidentEvent event(Map<String, AttributeValue> item) throws IOException {
        return IncidentEvent.storedToCheck(
                item.get(CANONICAL).b().asByteArrayUnsafe(), item.get(HASH).s());
    }

    /** Size of an item as the store counts it, in bytes, rounded up. */
    static long sizeOf(Map<String, AttributeValue> item) {
        long size = 100;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            size += utf8(attribute.getKey()) + sizeOf(attribute.getValue());
        }
        return size;
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static long sizeOf(AttributeValue value) {
        if (value.b() != null) {
            return value.b().asByteArrayUnsafe().length;
        }
        return value.n() != null ? 21 : utf8(value.s());
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        key.put(PARTITION, text(partition));
        key.put(SORT, text(sort));
        return key;
    }
}
