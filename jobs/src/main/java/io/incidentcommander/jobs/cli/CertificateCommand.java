// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.udfs.consensus.CertificateVerifier;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code certificate verify}: whether a decision is what the agents signed. */
@Command(
        name = "certificate",
        description = "Check the certificate of a decision.",
        subcommands = CertificateCommand.Verify.class)
public final class CertificateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about it? certificate verify FILE");
    }

    /** Offline: reads the file, and the keys if there are any. */
    @Command(
            name = "verify",
            description = {
                "Check signatures, power, thresholds and outcome of a decision certificate.",
                "Needs nothing but the file, and the public keys to hold it against."
            })
    static final class Verify implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The certificate, as JSON.")
        private Path file;

        @Option(
                names = "--keys",
                paramLabel = "K",
                description = {
                    "The public keys to trust, a line each: agent, key epoch, key in hexadecimal.",
                    "Without it the keys in the file are taken, which is said."
                })
        private Optional<Path> keys;

        @Override
        public Integer call() throws IOException {
            InputFiles.requireReadable(file);
            byte[] json = Files.readAllBytes(file);
            if (!CertificateJson.isCertificate(json)) {
                throw new InputUnusableException(
                        file
                                + " is no decision certificate: "
                                + (isJson(json)
                                        ? "the type it states is another"
                                        : "it is no JSON, or was cut off"));
            }
            Certificate certificate;
            try {
                certificate = CertificateJson.read(json);
            } catch (IOException e) {
                throw new CommandFailedException("not valid: " + e.getMessage(), e);
            }
            List<String> wrong =
                    new ArrayList<>(
                            new CertificateVerifier(new Ed25519Signatures()).check(certificate));
            if (keys.isPresent()) {
                checkKeys(certificate, trusted(keys.get()), wrong);
            }
            if (!wrong.isEmpty()) {
                throw new CommandFailedException("not valid: " + String.join("; ", wrong));
            }
            print(certificate);
            return ExitCode.DONE;
        }

        private static void checkKeys(
                Certificate certificate, Map<String, String> trusted, List<String> wrong) {
            certificate.rounds().stream()
                    .flatMap(round -> round.votes().stream().map(v -> seatOf(round.terms(), v)))
                    .filter(seat -> !seat.publicKey().equals(trusted.get(id(seat))))
                    .map(seat -> id(seat) + " has another key than the one trusted")
                    .distinct()
                    .forEach(wrong::add);
        }

        private static Seat seatOf(RoundTerms terms, SignedVote vote) {
            return terms.roster().seat(vote.agent()).orElseThrow();
        }

        private static String id(Seat seat) {
            return seat.agent() + " " + seat.keyEpoch();
        }

        private static Map<String, String> trusted(Path keys) throws IOException {
            InputFiles.requireReadable(keys);
            Map<String, String> trusted = new HashMap<>();
            for (String line : lines(keys)) {
                String[] words = line.strip().split("\\s+");
                if (!line.isBlank() && !line.startsWith("#")) {
                    if (words.length != 3) {
                        throw new InputUnusableException(
                                "a line of keys has agent, epoch and key, not: " + line);
                    }
                    trusted.put(words[0] + " " + words[1], words[2].toLowerCase(Locale.ROOT));
                }
            }
            return trusted;
        }

        private static List<String> lines(Path keys) throws IOException {
            try {
                return Files.readAllLines(keys);
            } catch (CharacterCodingException e) {
                throw new InputUnusableException("is no text: " + keys, e);
            }
        }

        private static boolean isJson(byte[] bytes) {
            try {
                return !new ObjectMapper().readTree(bytes).isMissingNode();
            } catch (IOException e) {
                return false;
            }
        }

        private void print(Certificate certificate) {
            PrintWriter out = spec.commandLine().getOut();
            RoundTerms terms = certificate.last().terms();
            Outcome outcome = certificate.outcome();
            ActionSupport support = outcome.support();
            int place = terms.candidates().indexOf(outcome.action());
            out.printf("valid: incident %s, attempt %d%n", terms.incidentId(), terms.attempt());
            out.printf("%s: %s%n", outcome.status(), terms.candidates().actions().get(place));
            out.printf(
                    Locale.ROOT,
                    "power %.4f of 1 (more than 2/3 decide), confidence %.3f (at least %.2f)%n",
                    support.powerPpm() / (double) Seat.WHOLE_PPM,
                    support.confidence(),
                    terms.confidence());
            out.printf(
                    "%d votes in %d rounds, %s, %s%n",
                    certificate.last().votes().size(),
                    outcome.round(),
                    terms.protocol().word(),
                    terms.roster().tolerance());
            if (terms.roster().toleratedAgents() == 0) {
                out.println("WARNING: this roster tolerates no faulty agent");
            }
            out.printf(
                    "keys: %s%n",
                    keys.map(Path::toString).orElse("those in the file, not held against others"));
            out.printf("hash: %s%n", certificate.hash());
            out.flush();
        }
    }
}
