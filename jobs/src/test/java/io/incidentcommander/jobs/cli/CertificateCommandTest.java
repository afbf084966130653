// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.Rosters;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Step;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CertificateCommandTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final Action RESTART = new Action("restart", "1", "checkout", Map.of());
    private static final Ed25519Signatures SIGNATURES = new Ed25519Signatures();

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static byte[] seed(String agent) {
        return Sha256.of(agent.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String agent) {
        return SIGNATURES.publicKey(seed(agent));
    }

    private static String certificate() {
        Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
        Circumstances circumstances =
                Circumstances.fixed(
                        new RoundSetup(
                                Rosters.freeze(
                                        Rosters.DEFAULT_WEIGHTS,
                                        DefaultRoster.seats(CertificateCommandTest::key),
                                        Set.of()),
                                Protocol.WEIGHTED));
        Question question =
                new Question("acme", "i-1", 1, CandidateList.of(List.of(RESTART)), List.of());
        Step step = deliberator.open(question, NOW, circumstances);
        RoundRequest request = step.requests().get(0);
        for (DefaultRoster member : DefaultRoster.values()) {
            Recommendation said =
                    Recommendation.builder()
                            .answering(request)
                            .from(request.terms().roster().seat(member.agent()).orElseThrow())
                            .action(RESTART.id())
                            .confidence(0.9)
                            .issuedAtMillis(NOW)
                            .build();
            byte[] signature = SIGNATURES.sign(seed(member.agent()), said.statement().canonical());
            if (step.decision().isEmpty()) {
                step =
                        deliberator.vote(
                                step.deliberation(),
                                new SignedRecommendation(said, signature),
                                NOW,
                                circumstances);
            }
        }
        return new String(
                CertificateJson.write(step.decision().orElseThrow().certificate()),
                StandardCharsets.UTF_8);
    }

    private static String keys() {
        StringBuilder keys = new StringBuilder("# agent, epoch, key\n");
        for (DefaultRoster member : DefaultRoster.values()) {
            keys.append(member.agent() + " 1 " + key(member.agent()) + "\n");
        }
        return keys.toString();
    }

    @Test
    void whatWasDecidedIsToldAndWhoseKeysWereTaken() throws IOException {
        assertThat(verify(certificate())).as(err.toString()).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("valid: incident i-1, attempt 1")
                .contains("DECIDED")
                .contains("tolerates 1 of 6")
                .contains("keys: those in the file");
        assertThat(verify(certificate(), keys())).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).doesNotContain("those in the file");
    }

    @Test
    void anotherContentAnotherKeyAndAnotherVersionAreNotValid() throws IOException {
        String right = certificate();
        assertThat(verify(right.replace("acme", "acne"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("not valid: ");
        String cut = right.replaceFirst("\"confidence\" : 0.9", "\"confidence\" : 0.8");
        assertThat(cut).isNotEqualTo(right);
        assertThat(verify(cut)).isEqualTo(ExitCode.FAILED);
        assertThat(verify(right.replace("\"version\" : 1", "\"version\" : 9")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("version 9 is not known");
        String others = keys().replace(key("detection/rules"), key("somebody"));
        assertThat(verify(right, others)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("detection/rules 1 has another key than the one trusted");
        assertThat(verify("{\"type\":\"incident-commander/decision-certificate\",\"version\":1}"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).doesNotContain("Exception");
    }

    @Test
    void whatIsNoCertificateIsUnusableInput() throws IOException {
        String right = certificate();
        for (String none :
                List.of(
                        "",
                        "{}",
                        "[]",
                        "7",
                        "{\"type\":7}",
                        "[".repeat(100_000),
                        "no JSON",
                        right.substring(0, right.length() / 2))) {
            assertThat(verify(none)).as(none).isEqualTo(ExitCode.INPUT_UNUSABLE);
            assertThat(err.toString()).contains("is no decision certificate");
        }
        verify("{}");
        assertThat(err.toString())
                .endsWith("the type it states is another" + System.lineSeparator());
        verify(right.substring(0, right.length() / 2));
        assertThat(err.toString())
                .endsWith("it is no JSON, or was cut off" + System.lineSeparator());
        assertThat(execute("certificate", "verify", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(execute("certificate", "verify", folder.toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(verify(right, "detection/rules 1\n")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        Path file = Files.writeString(folder.resolve("right.json"), right);
        assertThat(execute("certificate", "verify", file.toString(), "--keys", binary.toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(execute("certificate", "verify")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(execute("certificate")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    private int verify(String certificate) throws IOException {
        Path file = Files.writeString(folder.resolve("certificate.json"), certificate);
        return execute("certificate", "verify", file.toString());
    }

    private int verify(String certificate, String keys) throws IOException {
        Path file = Files.writeString(folder.resolve("certificate.json"), certificate);
        Path held = Files.writeString(folder.resolve("keys.txt"), keys);
        return execute("certificate", "verify", file.toString(), "--keys", held.toString());
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommanderCli.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
