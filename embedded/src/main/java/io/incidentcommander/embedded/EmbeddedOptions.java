// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@link EmbeddedMain} is told on its command line. */
record EmbeddedOptions(
        Path dataDir,
        Set<ServiceName> services,
        Optional<Path> endpointsFile,
        Set<ServiceName> kept,
        Optional<KafkaLogin> kafkaLogin) {

    static final String USAGE =
            "usage: --data-dir D [--services "
                    + ServiceName.words()
                    + "] [--keep NAMES] [--endpoints-file F] [--kafka-login USER:PASSWORD]";

    /**
     * @throws IllegalArgumentException saying what is wrong
     */
    static EmbeddedOptions parse(String... arguments) {
        Optional<Path> dataDir = Optional.empty();
        Optional<Path> endpointsFile = Optional.empty();
        Set<ServiceName> services = EnumSet.allOf(ServiceName.class);
        Set<ServiceName> kept = Set.of();
        Optional<KafkaLogin> kafkaLogin = Optional.empty();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " wants a value.");
            }
            String value = rest.next();
            switch (option) {
                case "--data-dir" -> dataDir = Optional.of(Path.of(value));
                case "--endpoints-file" -> endpointsFile = Optional.of(Path.of(value));
                case "--services" -> services = services(value);
                case "--keep" -> kept = services(value);
                case "--kafka-login" -> kafkaLogin = Optional.of(KafkaLogin.parse(value));
                default -> throw new IllegalArgumentException("There is no option " + option);
            }
        }
        return new EmbeddedOptions(
                dataDir.orElseThrow(() -> new IllegalArgumentException("--data-dir is missing.")),
                services,
                endpointsFile,
                kept,
                kafkaLogin);
    }

    private static Set<ServiceName> services(String words) {
        Set<ServiceName> services = EnumSet.noneOf(ServiceName.class);
        Arrays.stream(words.split(",")).map(ServiceName::ofWord).forEach(services::add);
        return services;
    }
}
