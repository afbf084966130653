// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;

/**
 * What the build holds against every class, by the name of the rule. The root package is a
 * parameter so that the same rules can be shown to fail on classes that break them.
 */
final class ArchitectureRules {
    /** Module to the modules it may use; what is not listed may not be used. */
    private static final Map<String, Set<String>> USES =
            Map.of(
                    "model", Set.of(),
                    "udfs", Set.of("model"),
                    "operators", Set.of("udfs", "model"),
                    "connectors", Set.of("model"),
                    "datagen", Set.of("model"),
                    "jobs", Set.of("operators", "udfs", "connectors", "datagen", "model"),
                    "savepoints", Set.of("operators", "udfs", "connectors", "model"),
                    "console", Set.of("connectors", "model"),
                    "embedded", Set.of());

    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.util.Date.<init>",
                    "java.util.Calendar.getInstance",
                    "java.lang.Math.random",
                    "java.lang.StrictMath.random",
                    "java.util.Collections.shuffle",
                    "java.util.UUID.randomUUID");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** Every rule by its name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        USES.keySet().stream().sorted().forEach(m -> rules.put(m + " uses its own", uses(m)));
        rules.put("nothing depends on jobs", nothingDependsOnJobs());
        rules.put("udfs know no runtime", udfsKnowNoRuntime());
        rules.put("udfs touch nothing outside", udfsTouchNothingOutside());
        rules.put("decisions have no clock and no chance", noClockNoChance());
        rules.put("model knows only flink-core", modelKnowsOnlyFlinkCore());
        rules.put("connectors and operators avoid what Flink 2 removes", avoidRemoved());
        rules.put("asynchronous calls retry by our own policy", noAsyncRetryStrategies());
        rules.put("brokers are reached with all their clients need", brokersWithAllClientsNeed());
        rules.put("libraries leave the standard streams alone", noStandardStreams());
        rules.put("packages are named after stages", noRagbagPackages());
        return rules;
    }

    private ArchRule uses(String module) {
        String[] allowed = USES.get(module).stream().map(this::packageOf).toArray(String[]::new);
        DescribedPredicate<JavaClass> ours = resideInAPackage(root + "..");
        DescribedPredicate<JavaClass> permitted =
                resideInAPackage(packageOf(module)).or(resideInAnyPackage(allowed));
        return noClasses()
                .that(resideInAPackage(packageOf(module)))
                .should(dependOnClassesThat(ours.and(not(permitted))))
                .because(module + " may use " + USES.get(module) + " (ARCHITECTURE, Folders)")
                .allowEmptyShould(true); // a module may not have begun
    }

    private ArchRule nothingDependsOnJobs() {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAPackage(packageOf("jobs")))))
                .should(dependOnClassesThat(resideInAPackage(packageOf("jobs"))))
                .because("jobs is where everything is put together");
    }

    private ArchRule udfsKnowNoRuntime() {
        return noClasses()
                .that(resideInAPackage(packageOf("udfs")))
                .should(
                        dependOnClassesThat(
                                resideInAnyPackage(
                                        "org.apache.flink..",
                                        "org.apache.kafka..",
                                        "org.opensearch..",
                                        "software.amazon..",
                                        "com.amazonaws..")))
                .because("a decision is a function of state, event and event time");
    }

    private ArchRule udfsTouchNothingOutside() {
        DescribedPredicate<JavaClass> outside =
                resideInAnyPackage(
                                "java.net..",
                                "java.net.http..",
                                "java.nio.file..",
                                "java.nio.channels..")
                        .or(nameMatching("java\\.io\\.(File|RandomAccessFile|Console).*"))
                        .or(
                                nameMatching(
                                        "java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)(\\$.*)?"))
                        .or(resideInAPackage("java.util.concurrent.."));
        return noClasses()
                .that(resideInAPackage(packageOf("udfs")))
                .should(dependOnClassesThat(outside))
                .because("udfs have no files, network or threads");
    }

    private ArchRule noClockNoChance() {
        DescribedPredicate<JavaAccess<?>> clock =
                DescribedPredicate.describe(
                        "a wall clock or a random number", access -> isClock(access.getTarget()));
        DescribedPredicate<JavaClass> random =
                assignableTo(java.util.Random.class)
                        .or(assignableTo(java.util.SplittableRandom.class))
                        .or(nameMatching("java\\.util\\.random\\..*"))
                        .as("a source of random numbers");
        DescribedPredicate<JavaClass> decides =
                resideInAnyPackage(packageOf("model"), packageOf("udfs"), packageOf("operators"));
        return noClasses()
                .that(decides)
                .should()
                .accessTargetWhere(clock)
                .orShould(dependOnClassesThat(random))
                .because("time is a parameter and randomness does not exist");
    }

    private static boolean isClock(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = owner + "." + target.getName();
        boolean now = owner.startsWith("java.time.") && target.getName().equals("now");
        boolean system =
                owner.equals("java.time.Clock")
                        && (target.getName().startsWith("system")
                                || target.getName().startsWith("tick"));
        return now || system || CLOCKS.contains(name) && !isDateOfMillis(target);
    }

    /** {@code new Date(millis)} is a value, {@code new Date()} a clock. */
    private static boolean isDateOfMillis(AccessTarget target) {
        return target instanceof AccessTarget.ConstructorCallTarget
                && !((AccessTarget.ConstructorCallTarget) target).getRawParameterTypes().isEmpty();
    }

    private ArchRule modelKnowsOnlyFlinkCore() {
        return noClasses()
                .that(resideInAPackage(packageOf("model")))
                .should(
                        dependOnClassesThat(
                                resideInAnyPackage(
                                        "org.apache.flink.streaming..",
                                        "org.apache.flink.runtime..",
                                        "org.apache.flink.client..")))
                .because("model is what the tools outside a cluster read too");
    }

    private ArchRule avoidRemoved() {
        DescribedPredicate<JavaClass> removed =
                resideInAnyPackage(
                                "org.apache.flink.streaming.api.functions.source.legacy..",
                                "org.apache.flink.api.scala..",
                                "com.esotericsoftware.kryo..")
                        .or(
                                nameMatching(
                                        "org\\.apache\\.flink\\.streaming\\.api\\.functions\\.(source\\.(Rich|Parallel|RichParallel)?SourceFunction|sink\\.(Rich)?SinkFunction)"))
                        .or(
                                nameMatching(
                                        "org\\.apache\\.flink\\.(streaming\\.api\\.windowing|api\\.common)\\.time\\.Time"))
                        .as("what Flink 2 removes");
        return noClasses()
                .that(
                        resideInAnyPackage(
                                        packageOf("operators"),
                                        packageOf("connectors"),
                                        packageOf("datagen"),
                                        packageOf("jobs"))
                                .and(not(simpleNameContaining("Kinesis"))))
                .should(dependOnClassesThat(removed))
                .because("only the Kinesis consumer may hold us to 1.x, behind its own port");
    }

    private ArchRule noAsyncRetryStrategies() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should(
                        dependOnClassesThat(
                                nameMatching("org\\.apache\\.flink.*\\.AsyncRetryStrateg.*")))
                .because("on 1.20 a call that hangs after its first time-out hangs the job");
    }

    private ArchRule brokersWithAllClientsNeed() {
        return noClasses()
                .that(resideInAnyPackage(packageOf("connectors"), root + ".jobs.topology.."))
                .should()
                .callMethod(KafkaSourceBuilder.class, "setBootstrapServers", String.class)
                .because("a cluster that asks for TLS or a login is no address alone");
    }

    private ArchRule noStandardStreams() {
        List<String> libraries =
                List.of("model", "udfs", "operators", "connectors", "datagen", "savepoints");
        return noClasses()
                .that(
                        resideInAnyPackage(
                                libraries.stream().map(this::packageOf).toArray(String[]::new)))
                .should(ACCESS_STANDARD_STREAMS)
                .because("only the command line talks to a terminal");
    }

    private ArchRule noRagbagPackages() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .resideInAnyPackage(
                        "..utils..",
                        "..util..",
                        "..common..",
                        "..impl..",
                        "..helpers..",
                        "..misc..")
                .because("who looks for a stage looks for its word");
    }

    private String packageOf(String module) {
        return root + "." + module + "..";
    }
}
