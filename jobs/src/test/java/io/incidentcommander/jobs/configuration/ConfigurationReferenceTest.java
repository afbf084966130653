// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    @Test
    void pageIsWhatTheOptionsSay() throws IOException {
        assertThat(page())
                .exists()
                .content()
                .as("run ./commander configuration --reference > docs/configuration.md")
                .isEqualTo(ConfigurationReference.markdown());
    }

    @Test
    void everyOptionIsListed() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : CommanderOptions.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                declared.add(field.get(null));
            }
        }
        assertThat(CommanderOptions.all()).isEqualTo(declared);
    }

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("commander"))) {
            at = at.getParent();
        }
        return at.resolve("docs").resolve("configuration.md");
    }
}
