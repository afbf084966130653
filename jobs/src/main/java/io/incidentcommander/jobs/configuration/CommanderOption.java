// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.Locale;
import java.util.Objects;

/**
 * One option: its key, type, default and meaning. Immutable; identity is the key.
 *
 * <p>A key with {@code <id>} in it, {@code source.<id>.topic}, is a family: one option for each id
 * that the configuration names. One that ends in {@code <property>} is open: whatever properties
 * are set, by names that are somebody else's. A fixed option is documented and readable but cannot
 * be set.
 *
 * @param <T> the type of its value
 */
public final class CommanderOption<T> {
    static final String ID = "<id>";
    static final String PROPERTY = "<property>";

    private final String key;
    private final OptionType<T> type;
    private final T fallback;
    private final boolean fixed;
    private final PropertyNames properties;
    private final String description;

    private CommanderOption(
            String key,
            OptionType<T> type,
            T fallback,
            boolean fixed,
            PropertyNames properties,
            String description) {
        this.key = Objects.requireNonNull(key, "key");
        this.type = Objects.requireNonNull(type, "type");
        this.fallback = Objects.requireNonNull(fallback, "fallback");
        this.fixed = fixed;
        this.properties = Objects.requireNonNull(properties, "properties");
        this.description = Objects.requireNonNull(description, "description");
    }

    static <T> CommanderOption<T> of(
            String key, OptionType<T> type, String fallback, String description) {
        return new CommanderOption<>(
                key, type, type.parse(fallback), false, PropertyNames.NONE, description);
    }

    static <T> CommanderOption<T> fixed(
            String key, OptionType<T> type, String value, String description) {
        return new CommanderOption<>(
                key, type, type.parse(value), true, PropertyNames.NONE, description);
    }

    /**
     * @param key ending in {@code <property>}
     */
    static CommanderOption<String> open(String key, PropertyNames properties, String description) {
        return new CommanderOption<>(key, OptionType.text(), "", false, properties, description);
    }

    public String key() {
        return key;
    }

    public OptionType<T> type() {
        return type;
    }

    /** The value where no source names another. */
    public T fallback() {
        return fallback;
    }

    public boolean isFixed() {
        return fixed;
    }

    public boolean isFamily() {
        return key.contains(ID);
    }

    public boolean isOpen() {
        return key.endsWith(PROPERTY);
    }

    /** What properties an open one takes. */
    PropertyNames properties() {
        return properties;
    }

    /** What it decides, in one or two sentences, with its unit where the type has none. */
    public String description() {
        return description;
    }

    /** The key of one member of a family. */
    public String keyOf(String id) {
        return key.replace(ID, id);
    }

    /** {@code COMMANDER_SAMPLING_SLICE} for {@code sampling.slice}. */
    public String environmentName() {
        return "COMMANDER_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** {@code kafka.client.} of {@code kafka.client.<property>}. */
    static String prefix(String openKey) {
        return openKey.substring(0, openKey.length() - PROPERTY.length());
    }

    @Override
    public String toString() {
        return key;
    }
}
