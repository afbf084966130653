// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.LogExample;
import io.incidentcommander.model.diagnosis.logs.LogTemplate;
import io.incidentcommander.model.diagnosis.logs.LogWindow;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What in the logs of a service is out of the ordinary. A function of the window alone. */
public final class LogFindings {
    private static final int ID_CHARS = 16;

    /** The most severe first, then the least likely to be chance. */
    static final Comparator<LogFinding> ORDER =
            Comparator.comparing(LogFinding::severity)
                    .reversed()
                    .thenComparingDouble(LogFinding::chance)
                    .thenComparing(Comparator.comparingLong(LogFinding::count).reversed())
                    .thenComparing(LogFinding::service)
                    .thenComparing(LogFinding::id);

    private final LogPolicy policy;

    public LogFindings(LogPolicy policy) {
        this.policy = policy;
    }

    /**
     * The templates that came significantly more often in the recent time up to {@code endMillis}
     * than in the baseline before it, in order of what they tell. Their chance is adjusted for the
     * number of templates of the service. Texts are without secrets and personal data.
     *
     * @param endMillis the end of a slice, exclusive
     * @param redaction of one request, so that placeholders agree throughout it
     */
    public List<LogFinding> of(
            String service, LogWindow window, long endMillis, Redaction redaction) {
        long split = endMillis - policy.recentMillis();
        return of(service, window, split - policy.baselineMillis(), split, endMillis, redaction);
    }

    /** As the other, of {@code [split, end)} against {@code [from, split)}. */
    public List<LogFinding> of(
            String service,
            LogWindow window,
            long from,
            long split,
            long end,
            Redaction redaction) {
        List<LogTemplate> templates = window.templates();
        RateChange[] changes = new RateChange[templates.size()];
        Arrays.setAll(
                changes,
                i ->
                        RateChange.of(
                                templates.get(i), window, from, split, end, policy.sliceMillis()));
        double[] chances =
                RateTest.adjusted(Arrays.stream(changes).mapToDouble(c -> c.chance).toArray());
        List<LogFinding> findings = new ArrayList<>();
        for (int i = 0; i < changes.length; i++) {
            if (chances[i] <= policy.significance() && changes[i].ratio() >= policy.leastRatio()) {
                findings.add(
                        finding(
                                service,
                                templates.get(i),
                                changes[i],
                                chances[i],
                                split,
                                redaction));
            }
        }
        findings.sort(ORDER);
        return findings;
    }

    private LogFinding finding(
            String service,
            LogTemplate template,
            RateChange change,
            double chance,
            long split,
            Redaction redaction) {
        long last = template.lastMillis() + policy.sliceMillis() - 1;
        return new LogFinding(
                id(service, template),
                service,
                template.severity(),
                redaction.of(template.text()),
                redaction.of(newest(template.examples())),
                change.later,
                change.usual,
                chance,
                template.counts().firstSince(split),
                last);
    }

    private static String newest(List<LogExample> examples) {
        return examples.isEmpty() ? "" : examples.get(examples.size() - 1).text();
    }

    /** The same for the same template of the same service, whenever and wherever it is found. */
    private static String id(String service, LogTemplate template) {
        String content = service + "\n" + template.severity().name() + "\n" + template.text();
        byte[] hash = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(hash).substring(0, ID_CHARS);
    }
}
