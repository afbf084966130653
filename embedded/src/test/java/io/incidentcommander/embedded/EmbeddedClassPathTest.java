// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClassPathTest {

    @TempDir Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(EmbeddedClassPath.PROPERTY);
    }

    @Test
    void theBuildsClassPathHoldsTheClassesTheBrokerAndTheVectorPlugin() {
        EmbeddedClassPath found = EmbeddedClassPath.find();

        assertThat(found.text()).contains("kafka_2.13", "opensearch-knn", "DynamoDBLocal");
        assertThat(found.elements()).allMatch(Files::exists);
    }

    @Test
    void thePropertyGoesFirst() {
        System.setProperty(EmbeddedClassPath.PROPERTY, folder.toString());

        assertThat(EmbeddedClassPath.find().elements()).containsExactly(folder);
    }

    @Test
    void aMissingPartIsNamedWithTheWayToBuildIt() {
        System.setProperty(EmbeddedClassPath.PROPERTY, folder.resolve("gone.jar").toString());

        assertThatThrownBy(EmbeddedClassPath::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gone.jar")
                .hasMessageContaining("mvn -pl embedded");
    }
}
