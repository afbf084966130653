// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The alert rules of a storm, one for each pair of service and kind, and their templates. A
 * fingerprint is a rule and a host, so that memory is bounded by the rules: at most four templates
 * (firing or resolved, usual severity or critical) of at most 4 KB for each, made on first use. Not
 * thread safe.
 */
final class RulePool {
    private static final RecordFormat[] FORMATS =
            Arrays.stream(RecordFormat.values())
                    .filter(RecordFormat::bearsAlerts)
                    .toArray(RecordFormat[]::new);
    private static final Severity[] SEVERITIES = Severity.values();

    /** INFO, LOW, MEDIUM, HIGH of those that are not CRITICAL. */
    private static final double[] USUAL_SEVERITIES = {0.16, 0.26, 0.37, 0.21};

    private static final int VARIANTS = 4;

    private final StormSpec spec;
    private final MessageCompiler compiler;
    private final Message[] rules;
    private final double[] serviceMass;
    private final Template[] templates;

    RulePool(StormSpec spec, MessageCompiler compiler) {
        this.spec = spec;
        this.compiler = compiler;
        this.rules = new Message[Math.min(spec.fingerprints(), spec.rules())];
        this.serviceMass = new double[Math.min(spec.services(), rules.length)];
        this.templates = new Template[rules.length * VARIANTS];
        deal(mass());
    }

    int size() {
        return rules.length;
    }

    int service(int rule) {
        return rule % serviceMass.length;
    }

    /** Share of the records that concern each service. */
    double[] serviceMass() {
        return serviceMass;
    }

    Message message(int rule, boolean critical, boolean resolved) {
        Message message = critical ? rules[rule].withSeverity(Severity.CRITICAL) : rules[rule];
        return resolved ? message.withStatus(AlertStatus.RESOLVED) : message;
    }

    Template template(int rule, boolean critical, boolean resolved) {
        int i = rule * VARIANTS + (critical ? 2 : 0) + (resolved ? 1 : 0);
        Template template = templates[i];
        if (template == null) {
            template = compiler.compile(message(rule, critical, resolved));
            templates[i] = template;
        }
        return template;
    }

    /** Bytes of message text held now. */
    long retainedBytes() {
        long bytes = 0;
        for (Template template : templates) {
            bytes += template == null ? 0 : template.length();
        }
        return bytes;
    }

    /** Share of the records that each rule will have. */
    private double[] mass() {
        double novel =
                spec.duplicateRatio().isPresent() ? 1 - spec.duplicateRatio().getAsDouble() : 0;
        double[] mass = new double[rules.length];
        Arrays.fill(mass, novel / rules.length);
        double[] zipf = AliasTable.zipf(spec.fingerprints(), spec.zipfExponent());
        double total = Arrays.stream(zipf).sum();
        for (int rank = 0; rank < zipf.length; rank++) {
            mass[rank % rules.length] += (1 - novel) * zipf[rank] / total;
        }
        return mass;
    }

    private void deal(double[] mass) {
        Apportionment formats = new Apportionment(spec.mix().weightsOf(FORMATS));
        Map<RecordFormat, Apportionment> severities = new EnumMap<>(RecordFormat.class);
        for (int rule = 0; rule < rules.length; rule++) {
            RecordFormat format = FORMATS[formats.deal(mass[rule])];
            Severity severity =
                    SEVERITIES[
                            severities.computeIfAbsent(format, f -> severities()).deal(mass[rule])];
            serviceMass[service(rule)] += mass[rule];
            rules[rule] = message(rule, format, severity);
        }
    }

    private Message message(int rule, RecordFormat format, Severity severity) {
        long random = SplitMix.at(spec.seed(), rule);
        double u = SplitMix.unit(random);
        double size = spec.minBytes() * Math.pow((double) spec.maxBytes() / spec.minBytes(), u * u);
        return Message.of(
                format,
                AlertKind.routine(rule / serviceMass.length),
                Fleet.service(service(rule)),
                severity,
                1 + (int) ((random & 0xff) % Template.MAX_ALERTS),
                (int) size);
    }

    private Apportionment severities() {
        double[] weights = new double[SEVERITIES.length];
        for (int i = 0; i < USUAL_SEVERITIES.length; i++) {
            weights[i] = USUAL_SEVERITIES[i] * (1 - spec.criticalShare());
        }
        weights[Severity.CRITICAL.ordinal()] = spec.criticalShare();
        return new Apportionment(weights);
    }
}
