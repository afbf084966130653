// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.CausalNews;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.ThreatState;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.consensus.AgentKeys;
import io.incidentcommander.operators.consensus.AgentSecrets;
import io.incidentcommander.operators.consensus.AskFunction;
import io.incidentcommander.operators.consensus.BuiltInAgentsFunction;
import io.incidentcommander.operators.consensus.BuiltInAgentsSetup;
import io.incidentcommander.operators.consensus.BuiltInAgentsUnderControlFunction;
import io.incidentcommander.operators.consensus.ModelAgentFunction;
import io.incidentcommander.operators.consensus.TallyFunction;
import io.incidentcommander.operators.consensus.TallyOperator;
import io.incidentcommander.operators.consensus.VerifySignaturesFunction;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.types.Either;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From incident events to decisions: questions, requests out to the agents, signed votes back,
 * verified, tallied. Downstream of the alert path; nothing there waits for it but by backpressure.
 */
public final class ConsensusStage {
    private static final Logger LOG = LoggerFactory.getLogger(ConsensusStage.class);

    /** The first analysis is asked for five seconds after an incident opens. */
    private static final long METRICS_WITHIN_MILLIS = 10_000;

    private final RunbookCatalogue catalogue;
    private final AgentSecrets keys;
    private final List<RegisteredAgent> agents;
    private final ControlSettings control;
    private final ConsensusStreams streams;
    private final Optional<BuiltInAgent> compromised;
    private final Standings standings = new Standings(StandingPolicy.defaults());
    private final Seating seating = Seating.defaults(standings);

    /**
     * @param keys of the built-in agents that take part
     * @param compromised lies, for a demonstration
     * @throws IOException if the keys cannot be read
     */
    public ConsensusStage(
            RunbookCatalogue catalogue,
            AgentKeyFile keys,
            ControlSettings control,
            ConsensusStreams streams,
            Optional<BuiltInAgent> compromised)
            throws IOException {
        this(catalogue, keys, keys, control, streams, compromised);
    }

    /**
     * As the other, where not all whose keys are known take part.
     *
     * @param seated who has a seat
     * @param present whose keys are there to sign with; who has a seat and no key is silent
     */
    public ConsensusStage(
            RunbookCatalogue catalogue,
            AgentKeyFile seated,
            AgentSecrets present,
            ControlSettings control,
            ConsensusStreams streams,
            Optional<BuiltInAgent> compromised)
            throws IOException {
        this.catalogue = catalogue;
        this.keys = present;
        this.agents = seated.agents();
        this.control = control;
        this.streams = streams;
        this.compromised = compromised;
        warning().ifPresent(LOG::warn);
    }

    /** Who votes with what power when all are trusted. */
    public Roster roster() {
        return seating.seat(agents, AgentStanding::unknown, Set.of(), ThreatState.none(), 0)
                .setup()
                .roster();
    }

    /** The built-in agents that take part, for all tenants. */
    public List<RegisteredAgent> agents() {
        return List.copyOf(agents);
    }

    /** What is wrong with the roster, if it tolerates no fault. */
    public Optional<String> warning() {
        Roster roster = roster();
        return roster.toleratedAgents() > 0
                ? Optional.empty()
                : Optional.of(
                        "WARNING: the roster tolerates no faulty agent ("
                                + roster.votingAgents()
                                + " agents); decisions need a human's approval");
    }

    /**
     * The decisions, which have gone to the sinks as well.
     *
     * @param askedAgain by the lives of incidents; who asks the same attempt second is not heard
     * @param updates of who calls whom, and of what else is no matter here; empty: what the files
     *     say holds for good
     */
    DataStream<Decision> build(
            DataStream<IncidentEvent> events,
            DataStream<PatternMatch> matches,
            Optional<DiagnosisStage.Made> diagnosed,
            Optional<DataStream<Question>> askedAgain,
            Optional<DataStream<ControlUpdate>> updates,
            TopologySinks sinks) {
        StreamExecutionEnvironment env = events.getExecutionEnvironment();
        DataStream<RegisteredAgent> registered = streams.agents(env);
        DataStream<RoundRequest> asked = streams.requests(env);
        DataStream<CaseNews> seen = news(events, matches);
        DataStream<SignedRecommendation> builtIn =
                diagnosed
                        .map(
                                made ->
                                        votes(
                                                seen.union(news(made)),
                                                asked,
                                                updates,
                                                METRICS_WITHIN_MILLIS))
                        .orElseGet(() -> votes(seen, asked, updates, 0));
        DataStream<TallyInput> votes =
                diagnosed
                        .map(made -> withModels(builtIn, made, asked))
                        .orElse(builtIn)
                        .map(vote -> TallyInput.of(vote, TallyInput.SignatureCheck.UNCHECKED))
                        .returns(TallyInput.class)
                        .name("votes to verify")
                        .uid(OperatorUids.VOTE_TO_VERIFY)
                        .union(streams.recommendations(env))
                        .connect(registered.broadcast(AgentKeys.DESCRIPTOR))
                        .process(new VerifySignaturesFunction(agents))
                        .returns(TallyInput.class)
                        .name("verify signatures")
                        .uid(OperatorUids.VERIFY_SIGNATURES);
        SingleOutputStreamOperator<Decision> decisions =
                questions(events, askedAgain)
                        .union(votes, outcomes(env))
                        .keyBy(TallyInput::tenant, Types.STRING)
                        .connect(registered.broadcast())
                        .transform("tally", TypeInformation.of(Decision.class), tally())
                        .uid(OperatorUids.TALLY);
        DataStream<RoundRequest> requests = decisions.getSideOutput(TallyFunction.REQUESTS);
        streams.ask(requests);
        sinks.decisions(decisions, requests, decisions.getSideOutput(TallyFunction.FINDINGS));
        return decisions;
    }

    /** How decisions turned out; it comes back over the feedback stream, and is judged then. */
    void report(DataStream<VerifiedOutcome> outcomes) {
        streams.report(outcomes);
    }

    private TallyOperator tally() {
        return new TallyOperator(
                new TallyFunction(
                        RoundPolicy.DEFAULT, seating, standings, agents, catalogue::offers));
    }

    private DataStream<TallyInput> outcomes(StreamExecutionEnvironment env) {
        return streams.outcomes(env)
                .map(TallyInput::of)
                .returns(TallyInput.class)
                .name("outcomes to judge by")
                .uid(OperatorUids.OUTCOME_TO_JUDGE);
    }

    private DataStream<TallyInput> questions(
            DataStream<IncidentEvent> events, Optional<DataStream<Question>> askedAgain) {
        DataStream<TallyInput> first = firstQuestions(events);
        return askedAgain
                .map(
                        again ->
                                first.union(
                                        again.map(TallyInput::of)
                                                .returns(TallyInput.class)
                                                .name("questions asked again")
                                                .uid(OperatorUids.QUESTION_TO_TALLY)))
                .orElse(first);
    }

    private DataStream<TallyInput> firstQuestions(DataStream<IncidentEvent> events) {
        return events.keyBy(IncidentEvent::incidentId, Types.STRING)
                .process(new AskFunction(catalogue))
                .returns(TallyInput.class)
                .name("ask")
                .uid(OperatorUids.ASK);
    }

    private DataStream<SignedRecommendation> votes(
            DataStream<CaseNews> news,
            DataStream<RoundRequest> requests,
            Optional<DataStream<ControlUpdate>> updates,
            long metricsWithinMillis) {
        BuiltInAgentsSetup setup =
                new BuiltInAgentsSetup(
                        new Ballots(catalogue), keys, control, compromised, metricsWithinMillis);
        return updates.map(changes -> votesUnderControl(news, requests, changes, setup))
                .orElseGet(() -> votes(news, requests, setup))
                .name("built-in agents")
                .uid(OperatorUids.BUILT_IN_AGENTS);
    }

    private static SingleOutputStreamOperator<SignedRecommendation> votes(
            DataStream<CaseNews> news,
            DataStream<RoundRequest> requests,
            BuiltInAgentsSetup setup) {
        return news.connect(requests)
                .keyBy(CaseNews::tenant, request -> request.terms().tenant(), Types.STRING)
                .process(
                        new BuiltInAgentsFunction(setup),
                        TypeInformation.of(SignedRecommendation.class));
    }

    private static SingleOutputStreamOperator<SignedRecommendation> votesUnderControl(
            DataStream<CaseNews> news,
            DataStream<RoundRequest> requests,
            DataStream<ControlUpdate> updates,
            BuiltInAgentsSetup setup) {
        TypeInformation<Either<CaseNews, RoundRequest>> heard =
                Types.EITHER(
                        TypeInformation.of(CaseNews.class), TypeInformation.of(RoundRequest.class));
        DataStream<Either<CaseNews, RoundRequest>> told =
                news.map(one -> Either.<CaseNews, RoundRequest>Left(one))
                        .returns(heard)
                        .name("news to agents")
                        .uid(OperatorUids.NEWS_TO_AGENTS);
        DataStream<Either<CaseNews, RoundRequest>> asked =
                requests.map(request -> Either.<CaseNews, RoundRequest>Right(request))
                        .returns(heard)
                        .name("requests to agents")
                        .uid(OperatorUids.REQUEST_TO_AGENTS);
        return told.union(asked)
                .keyBy(BuiltInAgentsUnderControlFunction::key, Types.STRING)
                .connect(updates.broadcast())
                .transform(
                        "built-in agents",
                        TypeInformation.of(SignedRecommendation.class),
                        new KeyedCoProcessOperator<>(new BuiltInAgentsUnderControlFunction(setup)));
    }

    private DataStream<SignedRecommendation> withModels(
            DataStream<SignedRecommendation> others,
            DiagnosisStage.Made made,
            DataStream<RoundRequest> requests) {
        DataStream<SignedRecommendation> votes = others;
        for (Map.Entry<ModelSeat, DataStream<Diagnosis>> voice : made.voices().entrySet()) {
            votes = votes.union(modelVotes(voice.getKey(), voice.getValue(), requests));
        }
        return votes;
    }

    /** Waits of a model hold nobody's time back: neither input has a time of its own. */
    private DataStream<SignedRecommendation> modelVotes(
            ModelSeat seat, DataStream<Diagnosis> diagnoses, DataStream<RoundRequest> requests) {
        return diagnoses
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name(ModelVoter.own("diagnoses, without time", seat))
                .uid(ModelVoter.own(OperatorUids.DIAGNOSIS_TIME, seat))
                .connect(requests)
                .keyBy(Diagnosis::incidentId, request -> request.terms().incidentId(), Types.STRING)
                .process(new ModelAgentFunction(new ModelAgent(catalogue, seat), keys))
                .returns(SignedRecommendation.class)
                .name(ModelVoter.own("model agent", seat))
                .uid(ModelVoter.own(OperatorUids.MODEL_AGENT, seat));
    }

    /** What the metrics say, as soon as it is known: before a model is asked. */
    private static DataStream<CaseNews> news(DiagnosisStage.Made made) {
        return made.requests()
                .map(
                        request ->
                                CaseNews.of(
                                        new CausalNews(
                                                request.incident().tenant(),
                                                request.incident().incidentId(),
                                                request.causal())))
                .returns(TypeInformation.of(CaseNews.class))
                .name("news of rankings")
                .uid(OperatorUids.NEWS_OF_RANKING);
    }

    private static DataStream<CaseNews> news(
            DataStream<IncidentEvent> events, DataStream<PatternMatch> matches) {
        TypeInformation<CaseNews> type = TypeInformation.of(CaseNews.class);
        return events.map(CaseNews::of)
                .returns(type)
                .name("news of incidents")
                .uid(OperatorUids.NEWS_OF_EVENT)
                .union(
                        matches.map(CaseNews::of)
                                .returns(type)
                                .name("news of patterns")
                                .uid(OperatorUids.NEWS_OF_MATCH));
    }
}
