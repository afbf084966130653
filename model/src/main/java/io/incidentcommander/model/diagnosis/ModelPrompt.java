// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.util.Objects;

/**
 * All that a model is told: by whom it is to be guided, what it is to look at, and the one tool by
 * which it answers. Immutable. Holds nothing that may not leave.
 */
public final class ModelPrompt {
    private final String version;
    private final String system;
    private final String user;
    private final String tool;
    private final String toolSchema;
    private final int mostOutputTokens;

    /**
     * @param version of the resource it is made from
     * @param tool name of the tool that takes the answer
     * @param toolSchema JSON schema of the answer
     */
    public ModelPrompt(
            String version,
            String system,
            String user,
            String tool,
            String toolSchema,
            int mostOutputTokens) {
        this.version = Objects.requireNonNull(version, "version");
        this.system = Objects.requireNonNull(system, "system");
        this.user = Objects.requireNonNull(user, "user");
        this.tool = Objects.requireNonNull(tool, "tool");
        this.toolSchema = Objects.requireNonNull(toolSchema, "toolSchema");
        this.mostOutputTokens = mostOutputTokens;
    }

    public String version() {
        return version;
    }

    public String system() {
        return system;
    }

    public String user() {
        return user;
    }

    public String tool() {
        return tool;
    }

    public String toolSchema() {
        return toolSchema;
    }

    public int mostOutputTokens() {
        return mostOutputTokens;
    }

    public int chars() {
        return system.length() + user.length() + toolSchema.length();
    }

    /** SHA-256 over all of it, 64 hexadecimal digits: what an answer is recorded under. */
    public String hash() {
        return Sha256.hex(
                Sha256.of(
                        new CanonicalWriter()
                                .text("prompt")
                                .int8(1)
                                .text(version)
                                .text(system)
                                .text(user)
                                .text(tool)
                                .text(toolSchema)
                                .int32(mostOutputTokens)
                                .toByteArray()));
    }

    @Override
    public String toString() {
        return version + " " + hash();
    }
}
