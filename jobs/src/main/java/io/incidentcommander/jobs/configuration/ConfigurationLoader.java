// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import io.incidentcommander.jobs.configuration.CommanderConfiguration.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Gathers the configuration from its sources. Later calls stand above earlier ones; the order of
 * the product is defaults, file, environment, property groups, command line.
 *
 * <p>Every method throws {@link ConfigurationException} on the first key that is unknown and every
 * value that does not fit, with the origin in the message. Not thread safe.
 */
public final class ConfigurationLoader {
    private static final String ENVIRONMENT_PREFIX = "COMMANDER_";

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    /** A YAML file, nested or with dots in its keys. */
    public ConfigurationLoader file(Path file) {
        return layer(file.toString(), YamlSettings.read(file));
    }

    /**
     * The variables that begin with {@code COMMANDER_}; families cannot be set this way. In the
     * name of a property each underscore stands for a dot.
     */
    public ConfigurationLoader environment(Map<String, String> environment) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (CommanderOption<?> option : CommanderOptions.all()) {
            if (!option.isFamily() && !option.isOpen()) {
                byName.put(option.environmentName(), option.key());
            }
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(ENVIRONMENT_PREFIX)) {
                continue;
            }
            String key = Optional.ofNullable(byName.get(name)).or(() -> property(name)).orElse("");
            if (key.isEmpty()) {
                throw unknown("the environment", name, List.copyOf(byName.keySet()));
            }
            put(key, variable.getValue(), "the environment");
        }
        return this;
    }

    /** The group {@link PropertyGroups#GROUP} of the service that runs the job. */
    public ConfigurationLoader propertyGroups(PropertyGroups groups) {
        try {
            Properties ours = groups.read().getOrDefault(PropertyGroups.GROUP, new Properties());
            Map<String, String> layer = new LinkedHashMap<>();
            ours.stringPropertyNames().stream()
                    .sorted()
                    .forEach(key -> layer.put(key, ours.getProperty(key)));
            return layer("property group " + PropertyGroups.GROUP, layer);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The service's property groups cannot be read: " + e.getMessage(), e);
        }
    }

    /** Settings from anywhere else, by key. */
    public ConfigurationLoader layer(String origin, Map<String, String> layer) {
        layer.forEach((key, text) -> put(key, text, origin));
        return this;
    }

    public CommanderConfiguration load() {
        return new CommanderConfiguration(settings);
    }

    private void put(String key, String text, String origin) {
        CommanderOption<?> option = option(key, origin);
        try {
            if (option.isOpen()) {
                option.properties()
                        .check(key.substring(CommanderOption.prefix(whole(option, key)).length()));
            }
            option.type().parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    origin
                            + ": "
                            + key
                            + ": "
                            + (option.isFixed() ? "is fixed; " : "")
                            + e.getMessage(),
                    e);
        }
        settings.put(key, new Setting(text, origin));
    }

    /**
     * {@code kafka.client.security.protocol} of {@code COMMANDER_KAFKA_CLIENT_SECURITY_PROTOCOL}.
     */
    private static Optional<String> property(String variable) {
        String key =
                variable.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
        return CommanderOptions.all().stream()
                .filter(option -> option.isOpen() && !option.isFamily())
                .filter(option -> isOf(option, key))
                .map(option -> key)
                .findFirst();
    }

    private static CommanderOption<?> option(String key, String origin) {
        for (CommanderOption<?> option : CommanderOptions.all()) {
            if (isOf(option, key)) {
                return option;
            }
        }
        throw unknown(origin, key, candidates(key));
    }

    private static boolean isOf(CommanderOption<?> option, String key) {
        String whole = whole(option, key);
        return option.isOpen() && !whole.isEmpty()
                ? key.startsWith(CommanderOption.prefix(whole))
                : whole.equals(key);
    }

    /** The option's key with the id of that key; empty if there is none. */
    private static String whole(CommanderOption<?> option, String key) {
        return option.isFamily() ? id(key).map(option::keyOf).orElse("") : option.key();
    }

    /** {@code prod} of {@code source.prod.topic}. */
    private static Optional<String> id(String key) {
        String[] parts = key.split("\\.", 3);
        boolean named = parts.length == 3 && !parts[1].isBlank();
        return named ? Optional.of(parts[1]) : Optional.empty();
    }

    private static List<String> candidates(String key) {
        List<String> keys = new ArrayList<>();
        for (CommanderOption<?> option : CommanderOptions.all()) {
            keys.add(option.isFamily() ? option.keyOf(id(key).orElse("<id>")) : option.key());
        }
        return keys;
    }

    private static ConfigurationException unknown(String origin, String key, List<String> known) {
        String hint =
                NearestKey.to(key, known)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse("docs/configuration.md lists them all");
        return new ConfigurationException(origin + ": unknown option '" + key + "'; " + hint);
    }
}
