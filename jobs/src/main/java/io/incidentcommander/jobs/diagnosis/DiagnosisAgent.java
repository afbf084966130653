// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.diagnosis.ModelSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.DiagnosisOptions;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An agent that asks models for the cause: in whose name it votes, and whom it asks. Immutable. */
public final class DiagnosisAgent {
    private static final Pattern NAMED = Pattern.compile("([a-z0-9-]{1,40})\\s*=\\s*(\\S.*)");
    private static final Pattern OR = Pattern.compile("\\s*\\+\\s*");

    private final ModelSeat seat;
    private final List<String> models;

    private DiagnosisAgent(ModelSeat seat, List<String> models) {
        this.seat = seat;
        this.models = List.copyOf(models);
    }

    /**
     * Those of the configuration, the one that makes the diagnosis first. Agents whose models are
     * of one vendor are of one family.
     *
     * @throws ConfigurationException if one is named twice, or as another agent is, or has models
     *     of several vendors
     */
    public static List<DiagnosisAgent> of(CommanderConfiguration options) {
        List<String> firstModels = options.get(DiagnosisOptions.DIAGNOSIS_MODELS);
        List<DiagnosisAgent> agents = new ArrayList<>();
        agents.add(new DiagnosisAgent(ModelSeat.FIRST, firstModels));
        for (String named : options.get(DiagnosisOptions.DIAGNOSIS_AGENTS)) {
            DiagnosisAgent next = named(named, vendors(firstModels));
            String id = next.seat.agent();
            if (BuiltInAgent.ofName(id).isPresent()
                    || agents.stream().anyMatch(known -> known.seat.agent().equals(id))) {
                throw wrong(named, "there is another " + id);
            }
            agents.add(next);
        }
        return agents;
    }

    /** In whose names models may vote. */
    public static List<ModelSeat> seats(CommanderConfiguration options) {
        return of(options).stream().map(DiagnosisAgent::seat).collect(Collectors.toList());
    }

    private static DiagnosisAgent named(String text, List<String> firstVendors) {
        Matcher parts = NAMED.matcher(text);
        if (!parts.matches()) {
            throw wrong(text, "expected NAME=MODEL, the name of lower-case letters, digits and -");
        }
        List<String> models = List.of(OR.split(parts.group(2), -1));
        List<String> vendors = vendors(models);
        if (models.contains("") || vendors.size() != 1) {
            throw wrong(text, "the models of an agent are of one vendor, not of " + vendors);
        }
        boolean together = firstVendors.contains(vendors.get(0));
        String family = together ? ModelSeat.FIRST.family() : vendors.get(0);
        return new DiagnosisAgent(new ModelSeat(parts.group(1), family), models);
    }

    private static List<String> vendors(List<String> models) {
        return Models.of(models).stream()
                .map(ModelSpec::family)
                .distinct()
                .collect(Collectors.toList());
    }

    private static ConfigurationException wrong(String text, String why) {
        return new ConfigurationException(
                DiagnosisOptions.DIAGNOSIS_AGENTS.key() + ": " + text + ": " + why);
    }

    public ModelSeat seat() {
        return seat;
    }

    /** The preferred first. */
    public List<String> models() {
        return models;
    }
}
