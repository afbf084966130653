// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How an action turned out, verified afterwards, as the feedback stream reports it. Immutable;
 * times are event time in epoch milliseconds.
 */
@TypeInfo(VerifiedOutcome.Info.class)
public final class VerifiedOutcome {
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final Optional<ActionId> right;
    private final Optional<ActionId> wrong;
    private final long verifiedAtMillis;

    private VerifiedOutcome(
            String tenant,
            String incidentId,
            int attempt,
            Optional<ActionId> right,
            Optional<ActionId> wrong,
            long verifiedAtMillis) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.right = right;
        this.wrong = wrong;
        this.verifiedAtMillis = verifiedAtMillis;
    }

    /** This action was the right one: every vote for another was wrong. */
    public static VerifiedOutcome right(
            String tenant, String incidentId, int attempt, ActionId action, long verifiedAt) {
        return new VerifiedOutcome(
                tenant, incidentId, attempt, Optional.of(action), Optional.empty(), verifiedAt);
    }

    /** This action failed; which would have been right is not known. */
    public static VerifiedOutcome wrong(
            String tenant, String incidentId, int attempt, ActionId action, long verifiedAt) {
        return new VerifiedOutcome(
                tenant, incidentId, attempt, Optional.empty(), Optional.of(action), verifiedAt);
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    public Optional<ActionId> right() {
        return right;
    }

    public Optional<ActionId> wrong() {
        return wrong;
    }

    public long verifiedAtMillis() {
        return verifiedAtMillis;
    }

    void write(CanonicalWriter out) {
        out.text(tenant).text(incidentId).int32(attempt);
        out.int8(right.isPresent() ? 1 : 0);
        out.fixed(right.or(() -> wrong).orElseThrow().bytes()).int64(verifiedAtMillis);
    }

    static VerifiedOutcome read(CanonicalReader in) throws IOException {
        String tenant = in.text();
        String incidentId = in.text();
        int attempt = in.int32();
        boolean isRight = in.int8() == 1;
        ActionId action = ActionId.of(in.fixed(32));
        long verifiedAt = in.int64();
        return isRight
                ? right(tenant, incidentId, attempt, action, verifiedAt)
                : wrong(tenant, incidentId, attempt, action, verifiedAt);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof VerifiedOutcome)) {
            return false;
        }
        VerifiedOutcome that = (VerifiedOutcome) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && attempt == that.attempt
                && right.equals(that.right)
                && wrong.equals(that.wrong)
                && verifiedAtMillis == that.verifiedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, attempt, verifiedAtMillis);
    }

    @Override
    public String toString() {
        return incidentId + " attempt " + attempt + ": right " + right + ", wrong " + wrong;
    }

    /** Binary form, version 1. */
    public static final class VerifiedOutcomeCodec extends CanonicalCodec<VerifiedOutcome> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<VerifiedOutcome> type() {
            return VerifiedOutcome.class;
        }

        @Override
        void encode(VerifiedOutcome value, CanonicalWriter out) {
            value.write(out);
        }

        @Override
        VerifiedOutcome decode(CanonicalReader in) throws IOException {
            return VerifiedOutcome.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<VerifiedOutcome> {
        @Override
        public TypeInformation<VerifiedOutcome> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new VerifiedOutcomeCodec());
        }
    }
}
