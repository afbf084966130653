// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.operators.consensus.AgentSecrets;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The private keys of the agents of the job, in a file: a line each, agent and key as 64
 * hexadecimal digits. It has to be there wherever the agents run; the job carries its name only. An
 * agent without a line takes no part; a line of {@code diagnosis/model} lets a model vote.
 */
public final class AgentKeyFile implements AgentSecrets {
    private static final long serialVersionUID = 1L;
    private static final int KEY_BYTES = 32;
    private static final int EPOCH = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String file;
    private final ArrayList<ModelSeat> models;

    public AgentKeyFile(Path file) {
        this(file, List.of(ModelSeat.FIRST));
    }

    /**
     * @param models in whose names models may vote
     */
    public AgentKeyFile(Path file, List<ModelSeat> models) {
        this.file = file.toString();
        this.models = new ArrayList<>(models);
    }

    /** A new key for each built-in agent, in a file that only its owner can read. */
    public static AgentKeyFile generate(Path file) throws IOException {
        return generate(file, List.of());
    }

    /** The same, with a key for each of the models as well. */
    public static AgentKeyFile generate(Path file, List<ModelSeat> models) throws IOException {
        List<String> lines = new ArrayList<>();
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            lines.add(newKey(agent.agent()));
        }
        models.forEach(seat -> lines.add(newKey(seat.agent())));
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, lines);
        return new AgentKeyFile(file, models);
    }

    private static String newKey(String agent) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return agent + " " + Sha256.hex(key);
    }

    @Override
    public Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> keys = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(Path.of(file))) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            if (words.length != 2 || !isKnown(words[0])) {
                throw notAKey(number);
            }
            try {
                keys.put(words[0], Sha256.parse(words[1]));
            } catch (IllegalArgumentException e) {
                throw notAKey(number);
            }
        }
        return keys;
    }

    private boolean isKnown(String agent) {
        return BuiltInAgent.ofName(agent).isPresent() || model(agent).isPresent();
    }

    private Optional<ModelSeat> model(String agent) {
        return models.stream().filter(seat -> seat.agent().equals(agent)).findFirst();
    }

    /** Without the line: it may hold a secret. */
    private IOException notAKey(int line) {
        return new IOException(
                file + ":" + line + ": expected an agent of the job and 64 hexadecimal digits");
    }

    /** Those with a key, for every tenant. */
    public List<RegisteredAgent> agents() throws IOException {
        List<RegisteredAgent> agents = new ArrayList<>();
        for (Map.Entry<String, byte[]> key : read().entrySet()) {
            Optional<BuiltInAgent> agent = BuiltInAgent.ofName(key.getKey());
            agents.add(
                    new RegisteredAgent(
                            RegisteredAgent.ALL_TENANTS,
                            key.getKey(),
                            agent.map(BuiltInAgent::role).orElse(ModelSeat.ROLE),
                            agent.map(BuiltInAgent::family)
                                    .or(() -> model(key.getKey()).map(ModelSeat::family))
                                    .orElseThrow(),
                            EPOCH,
                            new Ed25519Signatures().publicKey(key.getValue()),
                            0));
        }
        return agents;
    }
}
