// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.AlertFormat;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How the records of one source id are to be read. Immutable. */
public final class SourceProfile implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The tenant of a single-tenant installation. */
    public static final String DEFAULT_TENANT = "default";

    private final String source;
    private final String tenant;
    private final AlertFormat format; // null inside: detect by content
    private final List<String> identityLabels;

    private SourceProfile(
            String source, String tenant, AlertFormat format, List<String> identityLabels) {
        this.source = Objects.requireNonNull(source, "source");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.format = format;
        this.identityLabels = List.copyOf(identityLabels);
    }

    /** Format by content, the decoder's own choice of identity. */
    public static SourceProfile detecting(String source) {
        return new SourceProfile(source, DEFAULT_TENANT, null, List.of());
    }

    public SourceProfile withFormat(AlertFormat fixed) {
        return new SourceProfile(source, tenant, Objects.requireNonNull(fixed), identityLabels);
    }

    public SourceProfile withTenant(String other) {
        return new SourceProfile(source, other, format, identityLabels);
    }

    /** Fingerprint by these labels (with {@code name}, {@code service}, {@code host} too). */
    public SourceProfile withIdentityLabels(List<String> labels) {
        return new SourceProfile(source, tenant, format, labels);
    }

    public String source() {
        return source;
    }

    public String tenant() {
        return tenant;
    }

    /** Empty: detect by content, record by record. */
    public Optional<AlertFormat> format() {
        return Optional.ofNullable(format);
    }

    /** Empty: the decoder's own choice. */
    public List<String> identityLabels() {
        return identityLabels;
    }
}
