// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Asks all agents for their vote in a round; after the first it is the request for clarification,
 * with how the round before stood. Immutable.
 */
@TypeInfo(RoundRequest.Info.class)
public final class RoundRequest {
    private final RoundTerms terms;
    private final RequestReason reason;
    private final List<ActionSupport> before;
    private final List<String> evidence;

    /**
     * @param before how the candidates stood at the end of the round before; empty in the first
     * @param evidence the ids that a vote may cite
     */
    public RoundRequest(
            RoundTerms terms,
            RequestReason reason,
            List<ActionSupport> before,
            List<String> evidence) {
        this.terms = Objects.requireNonNull(terms, "terms");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.before = List.copyOf(before);
        this.evidence = List.copyOf(evidence);
    }

    public RoundTerms terms() {
        return terms;
    }

    public String requestId() {
        return terms.requestId();
    }

    public RequestReason reason() {
        return reason;
    }

    public List<ActionSupport> before() {
        return before;
    }

    public List<String> evidence() {
        return evidence;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoundRequest
                && ((RoundRequest) other).terms.equals(terms)
                && ((RoundRequest) other).reason == reason
                && ((RoundRequest) other).before.equals(before)
                && ((RoundRequest) other).evidence.equals(evidence);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms + ": " + reason;
    }

    /** Binary form, version 1. */
    public static final class RoundRequestCodec extends CanonicalCodec<RoundRequest> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<RoundRequest> type() {
            return RoundRequest.class;
        }

        @Override
        void encode(RoundRequest value, CanonicalWriter out) {
            value.terms.writeHashed(out);
            out.text(value.reason.name()).int32(value.before.size());
            value.before.forEach(support -> support.write(out));
            out.int32(value.evidence.size());
            value.evidence.forEach(out::text);
        }

        @Override
        RoundRequest decode(CanonicalReader in) throws IOException {
            RoundTerms terms = RoundTerms.readHashed(in);
            RequestReason reason = RequestReason.valueOf(in.text());
            List<ActionSupport> before = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                before.add(ActionSupport.read(in));
            }
            List<String> evidence = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                evidence.add(in.text());
            }
            return new RoundRequest(terms, reason, before, evidence);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<RoundRequest> {
        @Override
        public TypeInformation<RoundRequest> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new RoundRequestCodec());
        }
    }
}
