// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Results as records of topics of Kafka, at least once, those of one key in order. What no broker
 * has taken waits as {@link DeliverySink} says.
 */
public final class KafkaResults {
    private final KafkaCluster cluster;
    private final Optional<SpillPlace> spill;

    /**
     * @param spill for what does not fit into state
     */
    public KafkaResults(KafkaCluster cluster, Optional<SpillPlace> spill) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.spill = Objects.requireNonNull(spill, "spill");
    }

    /**
     * Without keys, hence in no order.
     *
     * @param name of no other sink of the job
     */
    public <I> DeliverySink<I, Parcel> into(String name, String topic, Bytes<I> value) {
        return of(name, element -> Parcel.of(topic, value.apply(element)));
    }

    /**
     * In order by key.
     *
     * @param name of no other sink of the job
     */
    public <I> DeliverySink<I, Parcel> into(
            String name, String topic, Text<I> key, Bytes<I> value) {
        return of(
                name, element -> Parcel.of(topic, value.apply(element)).keyed(key.apply(element)));
    }

    /** Whatever parcels are made; without a time of their own they get the element's. */
    public <I> DeliverySink<I, Parcel> of(String name, Parcels<I> parcels) {
        return of(name, parcels, new Properties());
    }

    /**
     * With settings of the producer's own.
     *
     * @param name of no other sink of the job
     */
    public <I> DeliverySink<I, Parcel> of(String name, Parcels<I> parcels, Properties producer) {
        KafkaCluster to = cluster;
        DeliverySink<I, Parcel> sink =
                new DeliverySink<>(
                        name,
                        (element, time, place) -> {
                            Parcel parcel = parcels.apply(element);
                            return (parcel.time().isPresent() ? parcel : parcel.at(time))
                                    .placed(place);
                        },
                        new WaitingParcels(),
                        () -> new KafkaCourier(to, producer),
                        Refusals.logged());
        return spill.map(sink::withSpill).orElse(sink);
    }

    /** An element as bytes. */
    @FunctionalInterface
    public interface Bytes<I> extends Function<I, byte[]>, Serializable {}

    /** An element as text. */
    @FunctionalInterface
    public interface Text<I> extends Function<I, String>, Serializable {}

    /** An element as a parcel. */
    @FunctionalInterface
    public interface Parcels<I> extends Function<I, Parcel>, Serializable {}
}
