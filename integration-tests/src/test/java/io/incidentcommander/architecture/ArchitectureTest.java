// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String PRODUCT = "io.incidentcommander";
    private static final String FIXTURE = PRODUCT + ".architecture.fixture";

    private static JavaClasses productClasses;

    @BeforeAll
    static void read() {
        productClasses =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(PRODUCT);
    }

    /** 150 MB that the tests after it need. */
    @AfterAll
    static void forget() {
        productClasses = null;
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return new ArchitectureRules(PRODUCT)
                .all().entrySet().stream()
                        .map(
                                rule ->
                                        DynamicTest.dynamicTest(
                                                rule.getKey(),
                                                () -> rule.getValue().check(productClasses)));
    }

    /** Each class of the fixture breaks one rule; a rule that none breaks guards nothing. */
    @TestFactory
    Stream<DynamicTest> everyRuleCanFail() {
        JavaClasses fixture = new ClassFileImporter().importPackages(FIXTURE);
        return new ArchitectureRules(FIXTURE)
                .all().entrySet().stream()
                        .map(
                                rule ->
                                        DynamicTest.dynamicTest(
                                                rule.getKey(),
                                                () -> assertFails(rule.getValue(), fixture)));
    }

    @Test
    void clocksAndChanceAreFoundInEveryShape() {
        ArchRule rule =
                new ArchitectureRules(FIXTURE).all().get("decisions have no clock and no chance");
        JavaClasses fixture = new ClassFileImporter().importPackages(FIXTURE);
        List<String> details = rule.evaluate(fixture).getFailureReport().getDetails();
        assertThat(details).filteredOn(line -> line.contains("Clockwork.")).hasSize(9);
        assertThat(details).noneMatch(line -> line.contains("Clockwork.fine"));
    }

    /** Where nothing is to happen, nothing can: no client is within reach, by however many ways. */
    @Test
    void whoOnlySaysOrReplaysWhatWouldBeDoneReachesNoClient() {
        assertThat(reachesClients("ReplayEffects", "DryRunEffects", "MemoryLedger")).isFalse();
        assertThat(reachesClients("LiveEffects")).as("the rule can fail").isTrue();
    }

    private static boolean reachesClients(String... names) {
        return noClasses()
                .that()
                .haveNameMatching(".*\\.resolution\\.(" + String.join("|", names) + ")(\\$.*)?")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon.awssdk..", PRODUCT + ".connectors..", "java.net.http..")
                .evaluate(productClasses)
                .hasViolation();
    }

    @Test
    void classesOfEveryModuleAreSeen() {
        Set<String> modules =
                productClasses.stream()
                        .map(JavaClass::getPackageName)
                        .map(name -> name.substring(PRODUCT.length() + 1).split("\\.")[0])
                        .collect(Collectors.toSet());
        assertThat(modules).containsAll(modulesWithSources());
    }

    /** Violations are mended, never frozen. */
    @Test
    void nothingIsFrozen() throws IOException {
        Path store = root().resolve("integration-tests/src/test/frozen");
        if (Files.exists(store)) {
            try (Stream<Path> frozen = Files.list(store)) {
                assertThat(frozen).isEmpty();
            }
        }
    }

    private static void assertFails(ArchRule rule, JavaClasses fixture) {
        assertThat(rule.evaluate(fixture).hasViolation()).as(rule.getDescription()).isTrue();
    }

    /** The modules of the job, by their folders; benchmarks and these tests are not part of it. */
    private static Set<String> modulesWithSources() {
        return Stream.of(
                        "model",
                        "udfs",
                        "operators",
                        "connectors",
                        "datagen",
                        "jobs",
                        "embedded",
                        "console",
                        "savepoints")
                .filter(module -> hasClasses(root().resolve(module).resolve("src/main/java")))
                .collect(Collectors.toSet());
    }

    private static boolean hasClasses(Path sources) {
        if (!Files.exists(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.anyMatch(
                    file ->
                            file.toString().endsWith(".java")
                                    && !file.endsWith("package-info.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("commander"))) {
            at = at.getParent();
        }
        return at;
    }
}
