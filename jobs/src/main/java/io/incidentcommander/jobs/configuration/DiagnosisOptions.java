// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Who is asked for causes, and within which bounds. */
public final class DiagnosisOptions {
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<ModelUse> DIAGNOSIS_MODEL =
            CommanderOption.of(
                    "diagnosis.model",
                    OptionType.oneOf(ModelUse.class),
                    "none",
                    "Who is asked for the cause of an incident: bedrock, replay (answers that were"
                            + " recorded), or none. Logs, calls and patterns are asked in any"
                            + " case where no model answers.");
    public static final CommanderOption<String> DIAGNOSIS_BEDROCK_REGION =
            CommanderOption.of(
                    "diagnosis.bedrock.region", TEXT, "us-east-1", "AWS region of the models.");
    public static final CommanderOption<String> DIAGNOSIS_BEDROCK_ENDPOINT =
            CommanderOption.of(
                    "diagnosis.bedrock.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocol of the Bedrock runtime. Empty: the service"
                            + " in the region, with the credentials of the environment.");
    public static final CommanderOption<List<String>> DIAGNOSIS_MODELS =
            CommanderOption.of(
                    "diagnosis.models",
                    OptionType.texts(),
                    "anthropic.claude-3-5-sonnet-20240620-v1:0,"
                            + "anthropic.claude-3-haiku-20240307-v1:0",
                    "Models, or inference profiles, of one vendor, the preferred first: the next is"
                            + " asked where one fails.");
    public static final CommanderOption<List<String>> DIAGNOSIS_AGENTS =
            CommanderOption.of(
                    "diagnosis.agents",
                    OptionType.texts(),
                    "",
                    "Agents that vote by models of their own, beside diagnosis/model:"
                            + " NAME=MODEL, or NAME=MODEL+MODEL with the preferred first, of one"
                            + " vendor each. Each is asked about each incident and votes as"
                            + " diagnosis/NAME with its own line in consensus.keys-file; what may"
                            + " be spent is divided among them and diagnosis/model.");
    public static final CommanderOption<Redaction.Addresses> DIAGNOSIS_ADDRESSES =
            CommanderOption.of(
                    "diagnosis.addresses",
                    OptionType.oneOf(Redaction.Addresses.class),
                    "taken-out",
                    "IP addresses in what models are sent; secrets and other personal data are"
                            + " taken out whatever this says. A replay needs it as it was when"
                            + " the answers were recorded.");
    public static final CommanderOption<Duration> DIAGNOSIS_DEADLINE =
            CommanderOption.of(
                    "diagnosis.deadline",
                    DURATION,
                    "180 s",
                    "For one analysis in all, retries and lesser roads too. At most 180 s.");
    public static final CommanderOption<Integer> DIAGNOSIS_ADMITTED =
            CommanderOption.of(
                    "diagnosis.admitted",
                    OptionType.integer(1, 32),
                    "32",
                    "Analyses at a model at once, of each subtask. More are made without a model,"
                            + " at once.");
    public static final CommanderOption<BigDecimal> DIAGNOSIS_SPEND_INCIDENT =
            CommanderOption.of(
                    "diagnosis.spend.per-incident",
                    OptionType.decimal(),
                    "0.25",
                    "Estimated from tokens and list prices. USD. A restore remembers what was"
                            + " spent, calls under way at their worst.");
    public static final CommanderOption<BigDecimal> DIAGNOSIS_SPEND_HOUR =
            CommanderOption.of(
                    "diagnosis.spend.per-hour",
                    OptionType.decimal(),
                    "10",
                    "Of all incidents together, in any 60 minutes; divided among the subtasks."
                            + " USD.");
    public static final CommanderOption<String> DIAGNOSIS_RECORD =
            CommanderOption.of(
                    "diagnosis.record",
                    TEXT,
                    "",
                    "Directory, on every task manager, of prompts and answers by content hash: what"
                            + " is in it is not asked again. Empty: nothing is recorded.");
    public static final CommanderOption<String> DIAGNOSIS_MEMORY_ENDPOINT =
            CommanderOption.of(
                    "diagnosis.memory.endpoint",
                    TEXT,
                    "",
                    "URL of the OpenSearch, with the k-NN plugin, that remembers incidents: what"
                            + " was verified to help, or not to, is learned, and recalled before a"
                            + " cause is asked for. Empty: nothing is.");
    public static final CommanderOption<String> DIAGNOSIS_MEMORY_ALIAS =
            CommanderOption.of(
                    "diagnosis.memory.alias",
                    TEXT,
                    "incident-patterns",
                    "Alias over the indices of patterns. What was recalled is kept in"
                            + " diagnosis.record, so that a replay recalls the same.");
    public static final CommanderOption<EmbeddingUse> DIAGNOSIS_MEMORY_EMBEDDINGS =
            CommanderOption.of(
                    "diagnosis.memory.embeddings",
                    OptionType.oneOf(EmbeddingUse.class),
                    "local",
                    "Vectors of texts: local (hashed n-grams, no model) or titan (by Bedrock).");

    private DiagnosisOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                DIAGNOSIS_MODEL,
                DIAGNOSIS_BEDROCK_REGION,
                DIAGNOSIS_BEDROCK_ENDPOINT,
                DIAGNOSIS_MODELS,
                DIAGNOSIS_AGENTS,
                DIAGNOSIS_ADDRESSES,
                DIAGNOSIS_DEADLINE,
                DIAGNOSIS_ADMITTED,
                DIAGNOSIS_SPEND_INCIDENT,
                DIAGNOSIS_SPEND_HOUR,
                DIAGNOSIS_RECORD,
                DIAGNOSIS_MEMORY_ENDPOINT,
                DIAGNOSIS_MEMORY_ALIAS,
                DIAGNOSIS_MEMORY_EMBEDDINGS);
    }
}
