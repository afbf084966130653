// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.ingest.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message for a stream, ready to be sent. Of one topic and key parcels stay in order; without a
 * key they go in none. Immutable: arrays that are handed over belong to it.
 */
public final class Parcel {
    private final String topic;
    private final byte[] value;

    /** Null: none. */
    private final byte[] key;

    private final List<Header> headers;
    private final OptionalLong time;
    private final Severity severity;
    private final long place;

    private Parcel(
            String topic,
            byte[] value,
            byte[] key,
            List<Header> headers,
            OptionalLong time,
            Severity severity,
            long place) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.value = Objects.requireNonNull(value, "value");
        this.key = key;
        this.headers = headers;
        this.time = time;
        this.severity = Objects.requireNonNull(severity, "severity");
        this.place = place;
    }

    /** As unimportant as can be, without key, headers and time. */
    public static Parcel of(String topic, byte[] value) {
        return new Parcel(topic, value, null, List.of(), OptionalLong.empty(), Severity.INFO, 0);
    }

    public Parcel keyed(byte[] by) {
        return new Parcel(topic, value, by.clone(), headers, time, severity, place);
    }

    /** Keyed by text. */
    public Parcel keyed(String by) {
        return keyed(by.getBytes(StandardCharsets.UTF_8));
    }

    /** With one header more. */
    public Parcel header(String name, String text) {
        return header(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Parcel header(String name, byte[] content) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, content));
        return new Parcel(topic, value, key, more, time, severity, place);
    }

    /** In ms. */
    public Parcel at(OptionalLong millis) {
        return new Parcel(topic, value, key, headers, millis, severity, place);
    }

    /** How much it matters. */
    public Parcel mattering(Severity much) {
        return new Parcel(topic, value, key, headers, time, much, place);
    }

    /** After what has a lower place. */
    public Parcel placed(long at) {
        return new Parcel(topic, value, key, headers, time, severity, at);
    }

    public String topic() {
        return topic;
    }

    /** Not a copy. */
    public byte[] value() {
        return value;
    }

    public Optional<byte[]> key() {
        return Optional.ofNullable(key);
    }

    /** The key as text; empty without one. */
    public String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    List<Header> headers() {
        return headers;
    }

    OptionalLong time() {
        return time;
    }

    Severity severity() {
        return severity;
    }

    long place() {
        return place;
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof Parcel)) {
            return false;
        }
        Parcel that = (Parcel) o;
        return topic.equals(that.topic)
                && Arrays.equals(value, that.value)
                && Arrays.equals(key, that.key)
                && headers.equals(that.headers)
                && time.equals(that.time)
                && severity == that.severity
                && place == that.place;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(value) + Long.hashCode(place);
    }

    /** Not what is in it, which somebody else may have written. */
    @Override
    public String toString() {
        return topic + ", " + value.length + " bytes";
    }

    /** Said beside the value. */
    static final class Header {
        private final String name;
        private final byte[] content;

        private Header(String name, byte[] content) {
            this.name = name;
            this.content = content;
        }

        String name() {
            return name;
        }

        byte[] content() {
            return content;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Header
                    && name.equals(((Header) o).name)
                    && Arrays.equals(content, ((Header) o).content);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
