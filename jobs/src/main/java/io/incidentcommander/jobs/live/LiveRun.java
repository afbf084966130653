// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.datagen.storm.StormChange;
import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.jobs.cli.CommandFailedException;
import io.incidentcommander.jobs.topology.ConsensusStage;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.ResponseSettings;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run from start to end: services, job, storm, and the account afterwards. Interrupting the
 * thread that runs it ends it early, with everything it started.
 */
public final class LiveRun {
    private static final String SERVICES =
            "kafka,dynamodb,dynamodb_replica,opensearch,smtp,slack,pagerduty,ssm";

    /** Whose data the next run in the same directory finds. */
    private static final String KEPT = "opensearch";

    private static final long LOOK_MILLIS = 250;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** How long the job may read nothing although there is something. */
    private static final Duration STALL_PATIENCE = Duration.ofSeconds(60);

    private final RunPlan plan;
    private final RunDirectory directory;
    private final RunView view;
    private final Consumer<ServiceAddresses> afterwards;

    /** How long agents may take after the last alert; then what is open goes to a human. */
    private static final Duration DECISION_PATIENCE = Duration.ofSeconds(10);

    /** How long messages of the outbox may take at the end. */
    private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(60);

    /** As that, after Slack did not answer for long: it is asked once a minute by then. */
    private static final Duration BACKLOG_PATIENCE = Duration.ofMinutes(5);

    /** How long incidents may take to their end, from their last alert on. */
    private static final Duration ENDING_PATIENCE = Duration.ofSeconds(60);

    /** As that, where decisions may have to wait for agents that never answer. */
    private static final Duration DISRUPTED_PATIENCE = Duration.ofMinutes(6);

    private final ReadingRate rate = new ReadingRate();
    private ToldWatch told;

    public LiveRun(RunPlan plan, RunDirectory directory, RunView view) {
        this(plan, directory, view, addresses -> {});
    }

    /**
     * @param afterwards called when the storm is accounted for, while the services still run
     */
    public LiveRun(
            RunPlan plan,
            RunDirectory directory,
            RunView view,
            Consumer<ServiceAddresses> afterwards) {
        this.plan = plan;
        this.directory = directory;
        this.view = view;
        this.afterwards = afterwards;
    }

    /**
     * Runs it.
     *
     * @throws CommandFailedException if a service or the job fails; says where its log is
     * @throws InterruptedException if it was ended early
     */
    public RunResult run() throws Exception {
        RunLog.into(directory.logs());
        RunBoard.clear();
        DecisionBoard.clear();
        DiagnosisBoard.clear(plan.models());
        int port = FreePort.from(plan.port());
        view.step(
                "starting Kafka, DynamoDB twice, OpenSearch and a mail server, stubs of Slack,"
                        + " PagerDuty, STS and SSM"
                        + (plan.models() == ModelServer.STUB ? ", and a stub of a model" : ""));
        try (EmbeddedChild services =
                EmbeddedChild.start(
                        directory.root(), services(), directory.isKept() ? KEPT : "", view::step)) {
            ServiceAddresses addresses = services.addresses();
            Provisioning.provision(addresses);
            recall(Provisioning.knownPatterns(addresses));
            if (plan.disrupts(Disruption.BEDROCK_THROTTLED)) {
                StubConduct.behave(addresses.bedrock(), "refusing");
            }
            RunApprover.open(addresses);
            view.step("starting the job");
            ConsensusStage consensus = RunJob.consensus(plan, addresses, directory);
            consensus.warning().ifPresent(view::step);
            RunJob job = RunJob.start(plan, addresses, directory, port, consensus);
            try (RunDelivery delivery = RunDelivery.start(addresses, directory);
                    ToldWatch watch = ToldWatch.start(addresses.channels())) {
                told = watch;
                awaitFirstCheckpoint(job);
                RunSetting setting =
                        new RunSetting(
                                addresses,
                                services.services(),
                                "http://127.0.0.1:" + port,
                                plan.duration());
                view.step("Flink's pages: " + setting.webUi());
                return storm(job, services, setting, consensus, delivery);
            } finally {
                job.cancel();
                RunApprover.close();
            }
        }
    }

    private void recall(long patterns) {
        DiagnosisBoard.postKnown(patterns);
        if (patterns > 0) {
            view.step(
                    String.format("the memory holds %,d patterns of earlier incidents", patterns));
        }
    }

    private String services() {
        return plan.models() == ModelServer.STUB ? SERVICES + ",bedrock" : SERVICES;
    }

    private RunResult storm(
            RunJob job,
            EmbeddedChild services,
            RunSetting setting,
            ConsensusStage consensus,
            RunDelivery delivery)
            throws Exception {
        ServiceAddresses addresses = setting.addresses();
        List<StormChange> changes = plan.script().changes(System.currentTimeMillis());
        RunChanges.post(changes, addresses);
        view.step(changes.size() + " changes of the hour before are told over the control stream");
        if (plan.disrupts(Disruption.SLACK_HANGS)) {
            StubConduct.behave(addresses.channels().slack(), "hang");
        }
        StormPublisher publisher = StormPublisher.start(plan.script(), addresses.kafka());
        try (publisher) {
            boolean isWhole = plan.disrupts(Disruption.TASK_MANAGER_LOST);
            while (!publisher.isDone()) {
                look(job, services, setting, publisher);
                if (isWhole && publisher.acknowledged() > plan.script().records() / 2) {
                    lose(job);
                    isWhole = false;
                }
            }
            if (isWhole) { // a machine so slow that nobody looked in the middle
                lose(job);
            }
        }
        if (publisher.failure().isPresent()) {
            throw failed("the storm could not be sent: " + publisher.failure().get());
        }
        long published = Provisioning.storedAlerts(addresses);
        awaitConsumed(job, services, setting, publisher, published);
        awaitAccounted(job, services, setting, publisher, published);
        awaitDecisions(job, services, setting, publisher);
        awaitEndings(job, services, setting, publisher);
        // Whatever the end of input does to them later, this is how far they came.
        RunBoard.freeze();
        long restarts = RunJob.restarts();
        RunCheckpoints checkpoints = RunCheckpoints.of(setting.webUi() + "/jobs/" + job.id());
        RunTold inTheStorm = told.look();
        if (plan.disrupts(Disruption.SLACK_HANGS)) {
            StubConduct.behave(addresses.channels().slack(), "good");
        }
        view.step("draining");
        job.drain();
        if (!delivery.await(
                Provisioning.storedMessages(addresses),
                plan.disrupts(Disruption.SLACK_HANGS) ? BACKLOG_PATIENCE : DELIVERY_PATIENCE)) {
            view.step("some messages are not delivered yet; they are left");
        }
        long undelivered = Provisioning.undeliveredMessages(addresses);
        if (undelivered > 0) {
            view.step(String.format("%,d messages reached nobody: dead letters", undelivered));
        }
        Files.write(directory.ledger(), AuditJson.of(RunBoard.ledger()));
        List<RunBoard.Standing> incidents = RunBoard.incidents();
        view.step("reading the event store");
        afterwards.accept(addresses);
        StoredIncidents stored = stored(addresses, incidents);
        SlaClock promises = ResponseSettings.promises(plan.options());
        RunRecord.write(directory, stored.last(), DiagnosisBoard.now(), promises);
        RunDecisions decisions = DecisionBoard.now();
        DecisionRecord.write(directory, decisions, consensus.agents());
        return new RunResult(
                RunBoard.ledger(),
                published,
                rate.perSecond(),
                plan.script().truths(publisher.startMillis()),
                changes,
                incidents,
                RunBoard.events(),
                stored,
                decisions,
                DiagnosisBoard.now(),
                consensus.roster(),
                plan.compromised().map(BuiltInAgent::agent),
                ControlInputs.incidentCost(plan.options(), plan.control()),
                promises,
                told.look(),
                RunDisruptions.of(plan, decisions, DiagnosisBoard.now(), restarts, inTheStorm),
                checkpoints);
    }

    private void lose(RunJob job) throws Exception {
        view.step("the TaskManager is lost; another takes its place");
        job.loseTaskManager();
    }

    private StoredIncidents stored(ServiceAddresses addresses, List<RunBoard.Standing> incidents)
            throws Exception {
        try (EventFile.Writer copy = new EventFile.Writer(directory.events());
                EventFile.Writer second = new EventFile.Writer(directory.replicaEvents())) {
            return StoredIncidents.read(
                    addresses,
                    incidents.stream()
                            .map(standing -> standing.incident().incidentId())
                            .collect(Collectors.toList()),
                    copy,
                    second);
        }
    }

    private void awaitFirstCheckpoint(RunJob job) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (RunBoard.ledgers() == 0) {
            requireRunning(job);
            if (System.nanoTime() > deadline) {
                throw failed(
                        "the job completed no checkpoint in " + START_PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS / 5);
        }
    }

    private void awaitConsumed(
            RunJob job,
            EmbeddedChild services,
            RunSetting setting,
            StormPublisher publisher,
            long published)
            throws InterruptedException {
        long consumed = RunJob.consumed();
        long moved = System.nanoTime();
        while (consumed < published) {
            look(job, services, setting, publisher);
            long now = RunJob.consumed();
            if (now > consumed) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALL_PATIENCE.toNanos()) {
                throw failed("the job stopped reading at " + now + " of " + published + " records");
            }
            consumed = now;
        }
    }

    /** What is read may still be under way to an incident: a job that was restarted is behind. */
    private void awaitAccounted(
            RunJob job,
            EmbeddedChild services,
            RunSetting setting,
            StormPublisher publisher,
            long published)
            throws InterruptedException {
        long end = System.nanoTime() + STALL_PATIENCE.toNanos();
        while (!RunBoard.isAccounted(published) && System.nanoTime() < end) {
            look(job, services, setting, publisher);
        }
    }

    private void awaitDecisions(
            RunJob job, EmbeddedChild services, RunSetting setting, StormPublisher publisher)
            throws InterruptedException {
        long end = System.nanoTime() + DECISION_PATIENCE.toNanos();
        do {
            look(job, services, setting, publisher);
        } while (DecisionBoard.open() > 0 && System.nanoTime() < end);
    }

    /** What broke last is resolved or with a human too, if it does not take too long. */
    private void awaitEndings(
            RunJob job, EmbeddedChild services, RunSetting setting, StormPublisher publisher)
            throws InterruptedException {
        if (RunBoard.underWay() > 0) {
            view.step("the storm is over; " + RunBoard.underWay() + " incidents are under way");
        }
        Duration patience = plan.disruptions().isEmpty() ? ENDING_PATIENCE : DISRUPTED_PATIENCE;
        long end = System.nanoTime() + patience.toNanos();
        while (RunBoard.underWay() > 0 && System.nanoTime() < end) {
            look(job, services, setting, publisher);
        }
    }

    private void look(
            RunJob job, EmbeddedChild services, RunSetting setting, StormPublisher publisher)
            throws InterruptedException {
        Thread.sleep(LOOK_MILLIS);
        requireRunning(job);
        if (!services.isAlive()) {
            throw failed("the embedded services ended");
        }
        RunPicture picture = RunPicture.now(setting, publisher, told.told());
        rate.add(picture.consumed(), System.nanoTime());
        view.show(picture);
    }

    private void requireRunning(RunJob job) {
        job.ended()
                .ifPresent(
                        why -> {
                            throw failed(why);
                        });
    }

    private CommandFailedException failed(String why) {
        return new CommandFailedException(why + " (logs in " + directory.logs() + ")");
    }
}
