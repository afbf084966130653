// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.ThreatState;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * All state of the tally of a tenant. Bounds: a deliberation and its question live until ten
 * minutes after its decision, what was voted for 24 h, an early vote of an unknown deliberation two
 * minutes ({@value #MAX_ORPHANS} at most), each ended by a timer; standings, confidences and the
 * threat level are one an agent or tenant. No TTL.
 */
final class TallyState {
    /** Votes kept for deliberations that are not open yet. */
    static final int MAX_ORPHANS = 1000;

    /** Confidences remembered of an agent. */
    static final int MAX_CONFIDENCES = 32;

    static final MapStateDescriptor<String, Deliberation> DELIBERATIONS =
            new MapStateDescriptor<>(
                    "deliberations", Types.STRING, TypeInformation.of(Deliberation.class));
    static final MapStateDescriptor<String, Question> QUESTIONS =
            new MapStateDescriptor<>("questions", Types.STRING, TypeInformation.of(Question.class));
    static final MapStateDescriptor<String, VotesCast> CAST =
            new MapStateDescriptor<>(
                    "votes-cast", Types.STRING, TypeInformation.of(VotesCast.class));
    static final MapStateDescriptor<String, List<SignedRecommendation>> ORPHANS =
            new MapStateDescriptor<>(
                    "orphan-votes",
                    Types.STRING,
                    Types.LIST(TypeInformation.of(SignedRecommendation.class)));

    /** What is due, by time and place in that millisecond: a burst costs no more each. */
    static final MapStateDescriptor<String, String> DUE =
            new MapStateDescriptor<>("due", Types.STRING, Types.STRING);

    static final MapStateDescriptor<Long, Integer> DUE_COUNTS =
            new MapStateDescriptor<>("due-counts", Types.LONG, Types.INT);
    static final MapStateDescriptor<String, AgentStanding> STANDINGS =
            new MapStateDescriptor<>(
                    "agent-standings", Types.STRING, TypeInformation.of(AgentStanding.class));
    static final MapStateDescriptor<String, double[]> CONFIDENCES =
            new MapStateDescriptor<>(
                    "agent-confidences",
                    Types.STRING,
                    PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO);
    static final ValueStateDescriptor<ThreatState> THREAT =
            new ValueStateDescriptor<>("threat", TypeInformation.of(ThreatState.class));
    static final ValueStateDescriptor<Integer> ORPHAN_COUNT =
            new ValueStateDescriptor<>("orphan-count", Types.INT);

    private final MapState<String, Deliberation> deliberations;
    private final MapState<String, Question> questions;
    private final MapState<String, VotesCast> cast;
    private final MapState<String, List<SignedRecommendation>> orphans;
    private final MapState<String, String> due;
    private final MapState<Long, Integer> dueCounts;
    private final MapState<String, AgentStanding> standings;
    private final MapState<String, double[]> confidences;
    private final ValueState<ThreatState> threat;
    private final ValueState<Integer> orphanCount;

    TallyState(RuntimeContext context) {
        deliberations = context.getMapState(DELIBERATIONS);
        questions = context.getMapState(QUESTIONS);
        cast = context.getMapState(CAST);
        orphans = context.getMapState(ORPHANS);
        due = context.getMapState(DUE);
        dueCounts = context.getMapState(DUE_COUNTS);
        standings = context.getMapState(STANDINGS);
        confidences = context.getMapState(CONFIDENCES);
        threat = context.getState(THREAT);
        orphanCount = context.getState(ORPHAN_COUNT);
    }

    /** Of an incident in an attempt. */
    static String id(String incidentId, int attempt) {
        return incidentId + "#" + attempt;
    }

    Optional<Deliberation> deliberation(String id) throws Exception {
        return Optional.ofNullable(deliberations.get(id));
    }

    Iterable<Deliberation> deliberations() throws Exception {
        List<Deliberation> all = new ArrayList<>();
        deliberations.values().forEach(all::add);
        return all;
    }

    void put(String id, Deliberation deliberation) throws Exception {
        deliberations.put(id, deliberation);
    }

    Optional<Question> question(String id) throws Exception {
        return Optional.ofNullable(questions.get(id));
    }

    void put(String id, Question question) throws Exception {
        questions.put(id, question);
    }

    void forgetDeliberation(String id) throws Exception {
        deliberations.remove(id);
        questions.remove(id);
    }

    Optional<VotesCast> cast(String id) throws Exception {
        return Optional.ofNullable(cast.get(id));
    }

    void put(String id, VotesCast votes) throws Exception {
        cast.put(id, votes);
    }

    void forgetCast(String id) throws Exception {
        cast.remove(id);
    }

    /** Keeps a vote for a deliberation that is not open; false if there is no room. */
    boolean keep(String id, SignedRecommendation vote) throws Exception {
        int count = orphanCount.value() == null ? 0 : orphanCount.value();
        if (count >= MAX_ORPHANS) {
            return false;
        }
        List<SignedRecommendation> kept = orphans.get(id);
        List<SignedRecommendation> more = kept == null ? new ArrayList<>() : new ArrayList<>(kept);
        more.add(vote);
        orphans.put(id, more);
        orphanCount.update(count + 1);
        return true;
    }

    List<SignedRecommendation> takeOrphans(String id) throws Exception {
        List<SignedRecommendation> kept = orphans.get(id);
        if (kept == null) {
            return List.of();
        }
        orphans.remove(id);
        int left = orphanCount.value() - kept.size();
        if (left == 0) {
            orphanCount.clear();
        } else {
            orphanCount.update(left);
        }
        return kept;
    }

    /** Notes that something is due; true if it is the first at that time. */
    boolean addDue(long time, String what) throws Exception {
        Integer count = dueCounts.get(time);
        int place = count == null ? 0 : count;
        due.put(time + "#" + place, what);
        dueCounts.put(time, place + 1);
        return place == 0;
    }

    List<String> takeDue(long time) throws Exception {
        Integer count = dueCounts.get(time);
        dueCounts.remove(time);
        List<String> what = new ArrayList<>();
        for (int place = 0; count != null && place < count; place++) {
            what.add(due.get(time + "#" + place));
            due.remove(time + "#" + place);
        }
        return what;
    }

    AgentStanding standing(String agent) throws Exception {
        AgentStanding known = standings.get(agent);
        return known == null ? AgentStanding.unknown(agent) : known;
    }

    void put(AgentStanding standing) throws Exception {
        standings.put(standing.agentId(), standing);
    }

    double[] confidences(String agent) throws Exception {
        double[] known = confidences.get(agent);
        return known == null ? new double[0] : known;
    }

    void addConfidence(String agent, double confidence) throws Exception {
        double[] known = confidences(agent);
        int from = known.length < MAX_CONFIDENCES ? 0 : 1;
        double[] more = Arrays.copyOfRange(known, from, known.length + 1);
        more[more.length - 1] = confidence;
        confidences.put(agent, more);
    }

    ThreatState threat() throws Exception {
        return threat.value() == null ? ThreatState.none() : threat.value();
    }

    void put(ThreatState state) throws Exception {
        threat.update(state);
    }
}
