// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options of one run, each checked before anything starts. Immutable, thread safe. Made by
 * {@link ConfigurationLoader}.
 */
public final class CommanderConfiguration {
    /** A value as it was written, and where. */
    static final class Setting {
        private final String text;
        private final String origin;

        Setting(String text, String origin) {
            this.text = text;
            this.origin = origin;
        }

        String text() {
            return text;
        }

        String origin() {
            return origin;
        }
    }

    private static final String SOURCE = "source.";

    private final TreeMap<String, Setting> settings;

    /** Every key known and every value parsed by the loader. */
    CommanderConfiguration(Map<String, Setting> settings) {
        this.settings = new TreeMap<>(settings);
    }

    /** The defaults and nothing else. */
    public static CommanderConfiguration defaults() {
        return new CommanderConfiguration(Map.of());
    }

    /**
     * These, and where none of them sets the option, a value other than its default.
     *
     * @param text as it would be written
     * @param origin who says so
     */
    public CommanderConfiguration withDefault(
            CommanderOption<?> option, String text, String origin) {
        option.type().parse(text);
        Map<String, Setting> more = new TreeMap<>(settings);
        more.putIfAbsent(option.key(), new Setting(text, origin));
        return new CommanderConfiguration(more);
    }

    public <T> T get(CommanderOption<T> option) {
        if (option.isFamily()) {
            throw new IllegalArgumentException(option + " needs an id");
        }
        return value(option, option.key());
    }

    /** The value for one member of a family. */
    public <T> T get(CommanderOption<T> family, String id) {
        return value(family, family.keyOf(id));
    }

    /** What is set of an open option, by the properties' names. */
    public Map<String, String> properties(CommanderOption<String> open) {
        return propertiesBelow(open.key());
    }

    /** The same, for one member of a family. */
    public Map<String, String> properties(CommanderOption<String> open, String id) {
        return propertiesBelow(open.keyOf(id));
    }

    private SortedMap<String, String> propertiesBelow(String openKey) {
        String prefix = CommanderOption.prefix(openKey);
        SortedMap<String, String> properties = new TreeMap<>();
        settings.tailMap(prefix).entrySet().stream()
                .takeWhile(setting -> setting.getKey().startsWith(prefix))
                .forEach(
                        setting ->
                                properties.put(
                                        setting.getKey().substring(prefix.length()),
                                        setting.getValue().text()));
        return properties;
    }

    /** The ids of the sources that are configured, sorted. */
    public SortedSet<String> sourceIds() {
        SortedSet<String> ids = new TreeSet<>();
        for (String key : settings.keySet()) {
            if (key.startsWith(SOURCE)) {
                ids.add(key.substring(SOURCE.length(), key.indexOf('.', SOURCE.length())));
            }
        }
        return ids;
    }

    /**
     * One line per option: {@code key = value (origin)}; families by the members they have, open
     * ones by the properties, without what is secret.
     */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (CommanderOption<?> option : CommanderOptions.all()) {
            if (option.isFamily()) {
                sourceIds().forEach(id -> describe(option, option.keyOf(id), lines));
            } else {
                describe(option, option.key(), lines);
            }
        }
        return lines;
    }

    private void describe(CommanderOption<?> option, String key, List<String> lines) {
        if (!option.isOpen()) {
            lines.add(describe(option, key));
            return;
        }
        for (String name : propertiesBelow(key).keySet()) {
            String whole = CommanderOption.prefix(key) + name;
            lines.add(
                    option.properties().isSecret(name)
                            ? whole + " = ****** (" + settings.get(whole).origin() + ")"
                            : describe(option, whole));
        }
    }

    private <T> String describe(CommanderOption<T> option, String key) {
        Setting setting = settings.get(key);
        String origin = setting == null ? "default" : setting.origin();
        return key + " = " + option.type().format(value(option, key)) + " (" + origin + ")";
    }

    private <T> T value(CommanderOption<T> option, String key) {
        Setting setting = settings.get(key);
        return setting == null ? option.fallback() : option.type().parse(setting.text());
    }
}
