// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.JudgedHistory;
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
 * minutes ({@value #MAX_ORPHANS} at most), each ended by a timer; standings, confidences, the
 * threat level and the latest judged decisions are one an agent or tenant. No TTL.
 *
 * <p>What was touched last is at work in memory ({@link WorkingValues}); state is complete after
 * {@link #store}.
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

    /** What is due, by time. */
    static final MapStateDescriptor<Long, List<String>> DUE =
            new MapStateDescriptor<>("due", Types.LONG, Types.LIST(Types.STRING));

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

    /** The latest decisions whose outcome is known, for what only several of them show. */
    static final ValueStateDescriptor<JudgedHistory> JUDGED =
            new ValueStateDescriptor<>("judged", TypeInformation.of(JudgedHistory.class));

    /** Values of a kind held in memory: at most twice as many. */
    private static final int AT_WORK = 1_000;

    /** There is one of it in a tenant. */
    private static final String THE_ONE = "";

    private final List<WorkingValues<?, ?>> all = new ArrayList<>();
    private final WorkingValues<String, Deliberation> deliberations;
    private final WorkingValues<String, Question> questions;
    private final WorkingValues<String, VotesCast> cast;
    private final MapState<String, List<SignedRecommendation>> orphans;
    private final WorkingValues<Long, List<String>> due;
    private final WorkingValues<String, AgentStanding> standings;
    private final WorkingValues<String, double[]> confidences;
    private final WorkingValues<String, ThreatState> threat;
    private final WorkingValues<String, Integer> orphanCount;
    private final WorkingValues<String, JudgedHistory> judged;

    TallyState(RuntimeContext context, WorkingValues.CurrentKey key) {
        deliberations = atWork(context.getMapState(DELIBERATIONS), key);
        questions = atWork(context.getMapState(QUESTIONS), key);
        cast = atWork(context.getMapState(CAST), key);
        orphans = context.getMapState(ORPHANS);
        due = atWork(context.getMapState(DUE), key);
        standings = atWork(context.getMapState(STANDINGS), key);
        confidences = atWork(context.getMapState(CONFIDENCES), key);
        threat = atWork(context.getState(THREAT), key);
        orphanCount = atWork(context.getState(ORPHAN_COUNT), key);
        judged = atWork(context.getState(JUDGED), key);
    }

    private <K, V> WorkingValues<K, V> atWork(MapState<K, V> state, WorkingValues.CurrentKey key) {
        WorkingValues<K, V> values = WorkingValues.of(state, key, AT_WORK);
        all.add(values);
        return values;
    }

    private <V> WorkingValues<String, V> atWork(ValueState<V> state, WorkingValues.CurrentKey key) {
        WorkingValues<String, V> values = WorkingValues.of(state, key, AT_WORK);
        all.add(values);
        return values;
    }

    /** Makes the state backend complete. */
    void store() throws Exception {
        for (WorkingValues<?, ?> values : all) {
            values.store();
        }
    }

    /** Of an incident in an attempt. */
    static String id(String incidentId, int attempt) {
        return incidentId + "#" + attempt;
    }

    Optional<Deliberation> deliberation(String id) throws Exception {
        return deliberations.get(id);
    }

    void put(String id, Deliberation deliberation) throws Exception {
        deliberations.put(id, deliberation);
    }

    Optional<Question> question(String id) throws Exception {
        return questions.get(id);
    }

    void put(String id, Question question) throws Exception {
        questions.put(id, question);
    }

    void forgetDeliberation(String id) throws Exception {
        deliberations.remove(id);
        questions.remove(id);
    }

    Optional<VotesCast> cast(String id) throws Exception {
        return cast.get(id);
    }

    void put(String id, VotesCast votes) throws Exception {
        cast.put(id, votes);
    }

    void forgetCast(String id) throws Exception {
        cast.remove(id);
    }

    /** Keeps a vote for a deliberation that is not open; false if there is no room. */
    boolean keep(String id, SignedRecommendation vote) throws Exception {
        int count = orphanCount.get(THE_ONE).orElse(0);
        if (count >= MAX_ORPHANS) {
            return false;
        }
        List<SignedRecommendation> kept = orphans.get(id);
        List<SignedRecommendation> more = kept == null ? new ArrayList<>() : new ArrayList<>(kept);
        more.add(vote);
        orphans.put(id, more);
        orphanCount.put(THE_ONE, count + 1);
        return true;
    }

    List<SignedRecommendation> takeOrphans(String id) throws Exception {
        int count = orphanCount.get(THE_ONE).orElse(0);
        List<SignedRecommendation> kept = count == 0 ? null : orphans.get(id);
        if (kept == null) {
            return List.of();
        }
        orphans.remove(id);
        if (count == kept.size()) {
            orphanCount.remove(THE_ONE);
        } else {
            orphanCount.put(THE_ONE, count - kept.size());
        }
        return kept;
    }

    /** Notes that something is due; true if it is the first at that time. */
    boolean addDue(long time, String what) throws Exception {
        List<String> before = due.get(time).orElse(List.of());
        List<String> more = new ArrayList<>(before.size() + 1);
        more.addAll(before);
        more.add(what);
        due.put(time, more);
        return before.isEmpty();
    }

    List<String> takeDue(long time) throws Exception {
        List<String> what = due.get(time).orElse(List.of());
        due.remove(time);
        return what;
    }

    AgentStanding standing(String agent) throws Exception {
        return standings.get(agent).orElseGet(() -> AgentStanding.unknown(agent));
    }

    void put(AgentStanding standing) throws Exception {
        standings.put(standing.agentId(), standing);
    }

    double[] confidences(String agent) throws Exception {
        return confidences.get(agent).orElse(new double[0]);
    }

    void addConfidence(String agent, double confidence) throws Exception {
        double[] known = confidences(agent);
        int from = known.length < MAX_CONFIDENCES ? 0 : 1;
        double[] more = Arrays.copyOfRange(known, from, known.length + 1);
        more[more.length - 1] = confidence;
        confidences.put(agent, more);
    }

    ThreatState threat() throws Exception {
        return threat.get(THE_ONE).orElse(ThreatState.none());
    }

    void put(ThreatState state) throws Exception {
        threat.put(THE_ONE, state);
    }

    JudgedHistory judged() throws Exception {
        return judged.get(THE_ONE).orElse(JudgedHistory.none());
    }

    void put(JudgedHistory history) throws Exception {
        judged.put(THE_ONE, history);
    }
}
