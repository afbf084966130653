// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    void everyOptionOfEveryStageIsListed() throws Exception {
        List<Object> declared = new ArrayList<>();
        for (Class<?> stage : stages()) {
            for (Field field : stage.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers())) {
                    declared.add(field.get(null));
                }
            }
        }
        assertThat(declared).hasSizeGreaterThan(100);
        assertThat(CommanderOptions.all())
                .extracting(Object.class::cast)
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    /** The classes of this package whose name says so. */
    private static List<Class<?>> stages() throws Exception {
        URI here = CommanderOptions.class.getResource("CommanderOptions.class").toURI();
        List<Class<?>> stages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(here).getParent())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith("Options.class")) {
                    stages.add(
                            Class.forName(
                                    CommanderOptions.class.getPackageName()
                                            + "."
                                            + name.substring(0, name.indexOf('.'))));
                }
            }
        }
        return stages;
    }

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("commander"))) {
            at = at.getParent();
        }
        return at.resolve("docs").resolve("configuration.md");
    }
}
