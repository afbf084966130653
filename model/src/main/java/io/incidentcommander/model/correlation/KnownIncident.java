// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.IncidentProfile;
import io.incidentcommander.model.ingest.Fingerprint;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An incident that takes in alerts, or did and may again. Immutable. */
public final class KnownIncident {
    private static final IncidentProfile.IncidentProfileCodec PROFILES =
            new IncidentProfile.IncidentProfileCodec();

    private final OpenIncident incident;
    private final long episodeMillis;
    private final BigDecimal earlierCostUsd;
    private final List<Fingerprint> fingerprints;
    private final IncidentProfile profile;
    private final double evidence;

    /**
     * @param episodeMillis when it was opened, or opened again last, epoch milliseconds
     * @param earlierCostUsd what it had cost before
     * @param fingerprints of the alerts of this episode that it took in
     * @param profile what its classification rests on
     * @param evidence that it is not chance, in nats; while little, nobody was told of it
     */
    public KnownIncident(
            OpenIncident incident,
            long episodeMillis,
            BigDecimal earlierCostUsd,
            List<Fingerprint> fingerprints,
            IncidentProfile profile,
            double evidence) {
        this.incident = Objects.requireNonNull(incident, "incident");
        this.episodeMillis = episodeMillis;
        this.earlierCostUsd = Objects.requireNonNull(earlierCostUsd, "earlierCostUsd");
        this.fingerprints = List.copyOf(fingerprints);
        this.profile = Objects.requireNonNull(profile, "profile");
        this.evidence = evidence;
    }

    public OpenIncident incident() {
        return incident;
    }

    public long episodeMillis() {
        return episodeMillis;
    }

    public BigDecimal earlierCostUsd() {
        return earlierCostUsd;
    }

    public List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    public IncidentProfile profile() {
        return profile;
    }

    public double evidence() {
        return evidence;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownIncident
                && ((KnownIncident) other).incident.equals(incident)
                && ((KnownIncident) other).episodeMillis == episodeMillis
                && ((KnownIncident) other).earlierCostUsd.equals(earlierCostUsd)
                && ((KnownIncident) other).fingerprints.equals(fingerprints)
                && ((KnownIncident) other).profile.equals(profile)
                && Double.compare(((KnownIncident) other).evidence, evidence) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident, episodeMillis);
    }

    @Override
    public String toString() {
        return incident + " since " + episodeMillis;
    }

    void write(OpenIncident.OpenIncidentCodec incidents, DataOutputView out) throws IOException {
        incidents.write(incident, out);
        out.writeLong(episodeMillis);
        Wire.writeString(earlierCostUsd.toPlainString(), out);
        out.writeInt(fingerprints.size());
        for (Fingerprint fingerprint : fingerprints) {
            out.writeLong(fingerprint.high());
            out.writeLong(fingerprint.low());
        }
        PROFILES.write(profile, out);
        out.writeDouble(evidence);
    }

    /**
     * @param version of the snapshot; the first had no profiles, the second no evidence
     */
    static KnownIncident read(
            OpenIncident.OpenIncidentCodec incidents, int version, DataInputView in)
            throws IOException {
        OpenIncident incident = incidents.read(in);
        long episodeMillis = in.readLong();
        BigDecimal earlier = new BigDecimal(Wire.readString(in));
        int size = in.readInt();
        List<Fingerprint> fingerprints = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            fingerprints.add(new Fingerprint(in.readLong(), in.readLong()));
        }
        return new KnownIncident(
                incident,
                episodeMillis,
                earlier,
                fingerprints,
                version < 2 ? IncidentProfile.empty() : PROFILES.read(in),
                version < 3 ? 0 : in.readDouble());
    }
}
