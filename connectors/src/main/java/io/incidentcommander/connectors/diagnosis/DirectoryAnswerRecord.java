// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.model.diagnosis.Spend;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A JSON file for each prompt, named by its hash: prompt and answer as they went over the wire. A
 * file is written aside and moved, so a reader sees a whole one or none, and the first stays.
 * Thread safe.
 */
public final class DirectoryAnswerRecord implements AnswerRecord {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String directory;

    public DirectoryAnswerRecord(Path directory) {
        this.directory = directory.toString();
    }

    @Override
    public Optional<ModelAnswer> find(ModelPrompt prompt) throws IOException {
        Path file = file(prompt);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode kept = JSON.readTree(Files.readAllBytes(file));
        Spend spend =
                new Spend(
                        kept.path("input_tokens").asLong(),
                        kept.path("output_tokens").asLong(),
                        kept.path("micro_usd").asLong());
        return Optional.of(
                new ModelAnswer(kept.path("model").asText(), kept.path("answer").asText(), spend));
    }

    @Override
    public void keep(ModelPrompt prompt, ModelAnswer answer) throws IOException {
        Path file = file(prompt);
        if (Files.exists(file)) {
            return;
        }
        ObjectNode kept = JSON.createObjectNode();
        kept.put("prompt_version", prompt.version());
        kept.put("system", prompt.system());
        kept.put("user", prompt.user());
        kept.put("tool_schema", prompt.toolSchema());
        kept.put("model", answer.model());
        kept.put("answer", answer.toolInput());
        kept.put("input_tokens", answer.spend().inputTokens());
        kept.put("output_tokens", answer.spend().outputTokens());
        kept.put("micro_usd", answer.spend().microUsd());
        Files.createDirectories(file.getParent());
        Path aside = Files.createTempFile(file.getParent(), "answer", ".tmp");
        try {
            Files.write(aside, JSON.writeValueAsBytes(kept));
            Files.move(aside, file);
        } catch (FileAlreadyExistsException e) {
            // Another was faster; the first stays.
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private Path file(ModelPrompt prompt) {
        return Path.of(directory, prompt.hash() + ".json");
    }
}
