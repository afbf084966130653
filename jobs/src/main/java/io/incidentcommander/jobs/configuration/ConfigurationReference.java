// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** Writes the reference page from the options, so that it cannot be wrong about them. */
public final class ConfigurationReference {
    private static final String HEAD =
            String.join(
                    "\n",
                    "# Configuration",
                    "",
                    "Generated from `CommanderOptions`; do not edit. After a change there:",
                    "`./commander configuration --reference > docs/configuration.md`.",
                    "",
                    "Sources, each standing above those before it: the defaults below; a YAML file",
                    "(`--config F`), nested or with dots in its keys; environment variables, the"
                            + " key in",
                    "upper case with underscores and `COMMANDER_` in front",
                    "(`COMMANDER_SAMPLING_SLICE`; not for keys with `<id>`); on Amazon Managed"
                            + " Service for",
                    "Apache Flink the property group `commander`; the command line (`--set"
                            + " KEY=VALUE`).",
                    "`./commander configuration` prints what holds and where it came from.",
                    "",
                    "An unknown key is an error. Durations are written with a unit: `500 ms`, `10"
                            + " s`,",
                    "`5 min`, `1 h`, `1 d`. `<id>` stands for a name you choose, `<property>` for"
                            + " one that",
                    "others chose: any number may be set.",
                    "",
                    "| Option | Default | Type | What it decides |",
                    "|---|---|---|---|",
                    "");

    private ConfigurationReference() {}

    /** The whole page, ending in a line break. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (CommanderOption<?> option : CommanderOptions.all()) {
            page.append(row(option)).append('\n');
        }
        return page.toString();
    }

    private static <T> String row(CommanderOption<T> option) {
        String fallback = option.type().format(option.fallback());
        return "| `"
                + option.key()
                + "` | "
                + (fallback.isEmpty() ? "(empty)" : fallback)
                + (option.isFixed() ? " (fixed)" : "")
                + " | "
                + option.type().name()
                + " | "
                + option.description()
                + " |";
    }
}
