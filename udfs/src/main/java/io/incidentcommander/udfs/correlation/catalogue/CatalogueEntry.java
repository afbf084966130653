// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** What is known of one service beside its alerts. Immutable; texts are empty where not known. */
public final class CatalogueEntry {
    private final String service;
    private final String owner;
    private final ServiceTier tier;
    private final ZoneId timeZone;
    private final String runbook;
    private final String dashboard;
    private final List<String> dependencies;
    private final List<ExpectedSignal> expected;
    private final long users;

    private CatalogueEntry(Builder b) {
        service = b.service;
        owner = b.owner;
        tier = b.tier;
        timeZone = b.timeZone;
        runbook = b.runbook;
        dashboard = b.dashboard;
        dependencies = List.copyOf(b.dependencies);
        expected = List.copyOf(b.expected);
        users = b.users;
    }

    public static Builder of(String service) {
        return new Builder(service);
    }

    public String service() {
        return service;
    }

    public String owner() {
        return owner;
    }

    public ServiceTier tier() {
        return tier;
    }

    public ZoneId timeZone() {
        return timeZone;
    }

    /** A URL. */
    public String runbook() {
        return runbook;
    }

    /** A URL. */
    public String dashboard() {
        return dashboard;
    }

    /** The services it calls. */
    public List<String> dependencies() {
        return dependencies;
    }

    /** What must be heard of it now and then; its absence is a failure. */
    public List<ExpectedSignal> expected() {
        return expected;
    }

    /** How many people notice if it fails. */
    public long users() {
        return users;
    }

    @Override
    public String toString() {
        return service + " " + tier + " of " + (owner.isEmpty() ? "nobody" : owner);
    }

    /** Begins as a SUPPORTING service of nobody, in UTC. */
    public static final class Builder {
        private final String service;
        private String owner = "";
        private ServiceTier tier = ServiceTier.SUPPORTING;
        private ZoneId timeZone = ZoneOffset.UTC;
        private String runbook = "";
        private String dashboard = "";
        private List<String> dependencies = List.of();
        private List<ExpectedSignal> expected = List.of();
        private long users;

        private Builder(String service) {
            this.service = service;
        }

        public Builder owner(String text) {
            owner = text;
            return this;
        }

        public Builder tier(ServiceTier value) {
            tier = value;
            return this;
        }

        public Builder timeZone(ZoneId zone) {
            timeZone = zone;
            return this;
        }

        public Builder runbook(String url) {
            runbook = url;
            return this;
        }

        public Builder dashboard(String url) {
            dashboard = url;
            return this;
        }

        public Builder dependencies(List<String> services) {
            dependencies = services;
            return this;
        }

        public Builder expected(List<ExpectedSignal> signals) {
            expected = signals;
            return this;
        }

        public Builder users(long count) {
            users = count;
            return this;
        }

        public CatalogueEntry build() {
            return new CatalogueEntry(this);
        }
    }
}
