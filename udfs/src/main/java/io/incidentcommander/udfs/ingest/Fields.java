// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.incidentcommander.model.ingest.RawRecord;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads fields of JSON that strangers wrote: absent, null and ill-typed are all in a day's work.
 */
final class Fields {
    /** More than this is not a number anybody measured. */
    private static final int MAX_NUMBER_TEXT = 32;

    private Fields() {}

    /** The scalar as text; empty if it is absent, null, or an object or array. */
    static String text(JsonNode object, String field) {
        return text(object.get(field));
    }

    static String text(JsonNode node) {
        if (node == null || node.isNull() || node.isContainerNode()) {
            return "";
        }
        return wellFormed(node.asText());
    }

    /** The first of the fields that has text. */
    static String firstText(JsonNode object, String... fields) {
        for (String field : fields) {
            String text = text(object, field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** As {@link #text}, and objects and arrays as compact JSON. */
    static String anyText(JsonNode node) {
        return node.isContainerNode() ? wellFormed(node.toString()) : text(node);
    }

    static String requiredText(JsonNode object, String field) throws UndecodableException {
        String text = text(object, field);
        if (text.isEmpty()) {
            throw new UndecodableException(
                    "Field " + field + " is missing or not a scalar: the sender must set it");
        }
        return text;
    }

    /** Never null: an empty (missing) node stands in for what is absent or no object. */
    static JsonNode object(JsonNode object, String field) {
        JsonNode node = object.path(field);
        return node.isObject() ? node : MissingNode.getInstance();
    }

    static boolean isText(JsonNode object, String field) {
        JsonNode node = object.get(field);
        return node != null && node.isTextual();
    }

    static boolean isScalar(JsonNode object, String field) {
        JsonNode node = object.get(field);
        return node != null && node.isValueNode() && !node.isNull();
    }

    static boolean has(JsonNode object, String field) {
        JsonNode node = object.get(field);
        return node != null && !node.isNull();
    }

    /** Each scalar of the object, by key, as text. */
    static void eachText(JsonNode object, BiConsumer<String, String> consumer) {
        Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String text = text(field.getValue());
            if (!text.isEmpty()) {
                consumer.accept(wellFormed(field.getKey()), text);
            }
        }
    }

    /** A finite number, written as a number or in a string; else NaN. */
    static double number(JsonNode object, String field) {
        return number(object.get(field));
    }

    static double number(JsonNode node) {
        if (node == null) {
            return Double.NaN;
        }
        if (node.isNumber()) {
            return finite(node.doubleValue());
        }
        return node.isTextual() ? number(node.textValue()) : Double.NaN;
    }

    /** A finite decimal number, or NaN; throws and allocates nothing for what is plainly none. */
    static double number(String text) {
        if (text.isEmpty() || text.length() > MAX_NUMBER_TEXT || !looksNumeric(text)) {
            return Double.NaN;
        }
        try {
            return finite(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Negative zero becomes zero, since two spellings of one value must be equal. */
    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value + 0.0;
    }

    private static boolean looksNumeric(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    /** Epoch milliseconds of a time as text or number, or {@link Timestamps#INVALID}. */
    static long time(JsonNode node) {
        if (node.isTextual()) {
            return Timestamps.parse(node.textValue());
        }
        if (node.isInt() || node.isLong()) {
            return Timestamps.ofEpoch(node.longValue());
        }
        return node.isNumber() ? Timestamps.parse(node.asText()) : Timestamps.INVALID;
    }

    /**
     * Epoch milliseconds, or {@code absent} if the field is absent, null or empty.
     *
     * @throws UndecodableException if something stands there that is no plausible time
     */
    static long timeOr(JsonNode object, String field, long absent) throws UndecodableException {
        JsonNode node = object.get(field);
        if (node == null || node.isNull() || (node.isTextual() && node.textValue().isEmpty())) {
            return absent;
        }
        long millis = time(node);
        if (millis == Timestamps.INVALID || Timestamps.isOpenEnd(millis)) {
            throw new UndecodableException(
                    "Field "
                            + field
                            + " is no time in the years 1990 to 2100: send ISO 8601 or an epoch in"
                            + " s, ms, us or ns");
        }
        return millis;
    }

    /** When the record arrived, or else {@link RecordDecoder#UNKNOWN_TIME}. */
    static long arrival(RawRecord record) {
        return record.hasArrival() ? record.arrivalMillis() : RecordDecoder.UNKNOWN_TIME;
    }

    /** The text with lone surrogates, which JSON escapes can smuggle in, replaced by U+FFFD. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceLoneSurrogates(text, i);
            }
        }
        return text;
    }

    private static String replaceLoneSurrogates(String text, int from) {
        StringBuilder b = new StringBuilder(text.length()).append(text, 0, from);
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            b.appendCodePoint(lone ? 0xFFFD : c);
            i += Character.charCount(c);
        }
        return b.toString();
    }

    /** At most {@code max} characters, never half of a surrogate pair. */
    static String shorten(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
