// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeyFileTest {
    @TempDir Path folder;

    @Test
    void eachRunHasKeysOfItsOwnThatOnlyTheOwnerReads() throws IOException {
        Path file = folder.resolve("keys");
        AgentKeyFile one = AgentKeyFile.generate(file);
        String before = Files.readString(file);
        assertThat(one.agents()).hasSize(BuiltInAgent.values().length);
        assertThat(one.agents())
                .allMatch(agent -> new Ed25519Signatures().isUsable(agent.publicKey()))
                .allMatch(agent -> agent.tenant().equals(RegisteredAgent.ALL_TENANTS));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        AgentKeyFile.generate(file);
        assertThat(Files.readString(file)).isNotEqualTo(before);
    }

    @Test
    void whoHasNoLineTakesNoPart() throws IOException {
        Path file = folder.resolve("keys");
        AgentKeyFile.generate(file);
        Files.write(file, Files.readAllLines(file).subList(0, 2));
        assertThat(new AgentKeyFile(file).agents()).hasSize(2);
    }

    @Test
    void aLineOfTheModelAgentGivesAModelASeat() throws IOException {
        Path file = folder.resolve("keys");
        AgentKeyFile.generate(file);
        Files.writeString(
                file,
                "diagnosis/model " + "ab".repeat(32) + "\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(new AgentKeyFile(file).agents())
                .hasSize(BuiltInAgent.values().length + 1)
                .anyMatch(
                        agent ->
                                agent.agent().equals("diagnosis/model")
                                        && agent.family().equals("model"));
    }

    @Test
    void whoIsToHaveModelsOfItsOwnHasAKeyAndTheFamilyOfThose() throws IOException {
        Path file = folder.resolve("keys");
        List<ModelSeat> models = List.of(ModelSeat.FIRST, new ModelSeat("nova", "amazon"));
        assertThat(AgentKeyFile.generate(file, models).agents())
                .hasSize(BuiltInAgent.values().length + 2)
                .anyMatch(
                        agent ->
                                agent.agent().equals("diagnosis/nova")
                                        && agent.role() == AgentRole.DIAGNOSIS
                                        && agent.family().equals("amazon"));
        assertThatThrownBy(() -> new AgentKeyFile(file).agents())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys:6");
    }

    @Test
    void aWrongLineIsNamedWithoutItsSecret() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, "# keys\ndetection/rules abcdef\n");
        assertThatThrownBy(() -> new AgentKeyFile(file).agents())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys:2")
                .hasMessageNotContaining("abcdef");
    }

    @Test
    void theCatalogueOfTheJobHasSomethingForEachTypeThatIsKnown() {
        RunbookCatalogue catalogue = Runbooks.of("");
        for (IncidentType type : IncidentType.values()) {
            assertThat(catalogue.against(type).isEmpty())
                    .as("%s", type)
                    .isEqualTo(type == IncidentType.UNKNOWN);
        }
    }

    @Test
    void aCatalogueThatIsWrongIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "restart: {risk: none}");
        assertThatThrownBy(() -> Runbooks.of(file.toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("restart");
    }
}
