// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Looks through serializers and their snapshots, nested ones included, for serialization by Kryo.
 */
final class KryoFinder {
    private static final String KRYO = "Kryo";
    private static final List<String> OURS = List.of("org.apache.flink.", "io.incidentcommander.");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> found = new ArrayList<>();

    private KryoFinder() {}

    /** Where Kryo is, as paths of fields; empty if nowhere. */
    static List<String> in(Object serializerOrSnapshot) {
        KryoFinder finder = new KryoFinder();
        finder.walk(serializerOrSnapshot, "");
        return finder.found;
    }

    private void walk(Object value, String path) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value.getClass().getSimpleName().contains(KRYO)) {
            found.add(path + "/" + value.getClass().getSimpleName());
        } else if (value instanceof Collection<?> all) {
            all.forEach(v -> walk(v, path));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(v -> walk(v, path));
        } else if (value instanceof Object[] array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                walk(array[i], path);
            }
        } else if (OURS.stream().anyMatch(value.getClass().getName()::startsWith)) {
            walkFields(value, path + "/" + value.getClass().getSimpleName());
        }
    }

    private void walkFields(Object value, String path) {
        for (Class<?> c = value.getClass(); c != null; c = c.getSuperclass()) {
            if (OURS.stream().noneMatch(c.getName()::startsWith)) {
                return;
            }
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    walk(valueOf(field, value), path);
                }
            }
        }
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is out of reach", e);
        }
    }

    /** As {@link #in(Object)}. */
    static List<String> in(TypeSerializer<?>[] serializers) {
        return in((Object) serializers);
    }
}
