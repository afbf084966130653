// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.audit.SourceCounts;
import java.io.PrintWriter;
import java.util.List;

/** A line every few seconds: for logs, pipes and headless runs. */
public final class LineView implements RunView {
    private static final double SECONDS_BETWEEN = 5;

    private final PrintWriter out;
    private double nextSeconds;
    private double lastSeconds;
    private long lastConsumed;
    private int decisionsTold;
    private int diagnosesTold;
    private long messagesTold;

    public LineView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void step(String line) {
        print(line);
    }

    @Override
    public void show(RunPicture picture) {
        tellDiagnoses(picture.diagnoses());
        tellDecisions(picture.decisions());
        if (picture.seconds() < nextSeconds) {
            return;
        }
        double rate =
                (picture.consumed() - lastConsumed)
                        / Math.max(0.001, picture.seconds() - lastSeconds);
        long alerts =
                picture.ledger().counts().values().stream().mapToLong(SourceCounts::alerts).sum();
        print(
                String.format(
                        "%3.0f s  %,d records published, %,d read (%,.0f/s), %,d alerts accounted"
                                + " for, %,d incidents",
                        picture.seconds(),
                        picture.published(),
                        picture.consumed(),
                        rate,
                        alerts,
                        picture.incidents().size()));
        if (picture.told().messages() > messagesTold) {
            messagesTold = picture.told().messages();
            picture.told().lines().forEach(line -> print("      told " + line));
        }
        lastConsumed = picture.consumed();
        lastSeconds = picture.seconds();
        nextSeconds = picture.seconds() + SECONDS_BETWEEN;
    }

    @Override
    public void close() {}

    private void tellDiagnoses(RunDiagnoses diagnoses) {
        List<RunDiagnoses.Made> made = diagnoses.made();
        for (; diagnosesTold < made.size(); diagnosesTold++) {
            RunDiagnoses.Made one = made.get(diagnosesTold);
            print("      " + one.diagnosis().incidentId() + " " + one.line(diagnoses.isStub()));
        }
    }

    private void tellDecisions(RunDecisions decisions) {
        List<RunDecisions.Made> made = decisions.made();
        for (; decisionsTold < made.size(); decisionsTold++) {
            RunDecisions.Made decision = made.get(decisionsTold);
            print("      " + decision.decision().incidentId() + " " + decision.line());
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
