// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The lines that {@link EmbeddedMain} and {@link EmbeddedProcess} exchange over the child's
 * standard input and output.
 *
 * <p>Child to parent: {@code started SERVICE ADDRESS} or {@code skipped SERVICE REASON} for each
 * service, then {@code ready}; afterwards one {@code ok} or {@code error REASON} per command.
 * Parent to child: {@code stop SERVICE}, {@code start SERVICE}, {@code restart SERVICE}, {@code
 * stop}. The end of standard input means {@code stop}.
 */
final class ControlProtocol {

    static final String READY = "ready";
    static final String OK = "ok";
    static final String ERROR = "error ";
    private static final String STARTED = "started";
    private static final String SKIPPED = "skipped";

    /** What the parent can ask for. */
    enum Verb {
        STOP,
        START,
        RESTART
    }

    /** A command; without a service it is about all of them. */
    record Command(Verb verb, Optional<ServiceName> service) {

        static Command parse(String line) {
            String[] words = line.trim().split("\\s+", -1);
            Verb verb = verb(words[0]);
            if (words.length == 1 && verb == Verb.STOP) {
                return new Command(verb, Optional.empty());
            }
            if (words.length != 2) {
                throw new IllegalArgumentException("'" + line + "' is not VERB SERVICE.");
            }
            return new Command(verb, Optional.of(ServiceName.ofWord(words[1])));
        }

        private static Verb verb(String word) {
            for (Verb verb : Verb.values()) {
                if (verb.name().equalsIgnoreCase(word)) {
                    return verb;
                }
            }
            throw new IllegalArgumentException("There is no command '" + word + "'.");
        }

        String line() {
            String word = verb.name().toLowerCase(Locale.ROOT);
            return service.map(name -> word + " " + name.word()).orElse(word);
        }
    }

    private ControlProtocol() {}

    static String announce(ServiceName service, StartOutcome outcome) {
        return outcome instanceof StartOutcome.Started started
                ? STARTED + " " + service.word() + " " + started.endpoint().text()
                : SKIPPED + " " + service.word() + " " + ((StartOutcome.Skipped) outcome).reason();
    }

    /** Collects announcements up to {@link #READY}. */
    static final class Announcements {
        private final Map<ServiceName, StartOutcome> outcomes = new EnumMap<>(ServiceName.class);

        void add(String line) {
            String[] words = line.split(" ", 3);
            ServiceName service = ServiceName.ofWord(words[1]);
            outcomes.put(
                    service,
                    words[0].equals(STARTED)
                            ? new StartOutcome.Started(Endpoint.parse(service, words[2]))
                            : new StartOutcome.Skipped(words[2]));
        }

        Endpoints endpoints() {
            return new Endpoints(outcomes);
        }
    }
}
