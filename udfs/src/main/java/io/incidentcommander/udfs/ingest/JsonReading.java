// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON within limits: nesting, lengths of numbers, names and strings, no duplicate keys, nothing
 * after the document. Whatever it refuses, the reason says where and never quotes the input.
 *
 * <p>Fractions stay decimals as written, so that a time in decimal seconds means the same here as
 * to a reader of bytes. A decimal is cheap to hold whatever its exponent; only turning it into an
 * integer is not, and {@link Fields} never does.
 */
final class JsonReading {
    static final int MAX_DEPTH = 64;
    static final int MAX_NUMBER_LENGTH = 64;
    static final int MAX_NAME_LENGTH = 1024;

    /** The parser says this by an exception of its own, without a place. */
    private static final String NO_SUCH_NUMBER =
            "The exponent of a number has more than 9 digits: send what can be read";

    private static final ObjectReader READER = reader();

    private JsonReading() {}

    static JsonNode parse(byte[] bytes) throws UndecodableException {
        if (Utf8.isMarkedUtf16(bytes)) {
            throw new UndecodableException(
                    "UTF-16: have the sender encode its JSON as UTF-8, or convert the file");
        }
        int from = Utf8.afterByteOrderMark(bytes);
        long invalid = Utf8.firstInvalid(bytes, from);
        if (invalid >= 0) {
            throw new UndecodableException(
                    "Not UTF-8 at byte " + invalid + ": have the sender encode its JSON as UTF-8");
        }
        try {
            return document(READER.readTree(bytes, from, bytes.length - from));
        } catch (IOException e) {
            throw new UndecodableException(reason(e));
        } catch (NumberFormatException e) {
            throw new UndecodableException(NO_SUCH_NUMBER);
        }
    }

    /** A document that came as a string within another. */
    static JsonNode parse(String text) throws UndecodableException {
        try {
            return document(READER.readTree(text));
        } catch (IOException e) {
            throw new UndecodableException("Within a string: " + reason(e));
        } catch (NumberFormatException e) {
            throw new UndecodableException("Within a string: " + NO_SUCH_NUMBER);
        }
    }

    private static JsonNode document(JsonNode node) throws UndecodableException {
        if (node.isMissingNode()) {
            throw new UndecodableException(
                    "Empty: the record holds no JSON; skip it at the sender");
        }
        return node;
    }

    private static String reason(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return "Beyond the limits of JSON (nesting "
                    + MAX_DEPTH
                    + ", number "
                    + MAX_NUMBER_LENGTH
                    + " and name "
                    + MAX_NAME_LENGTH
                    + " characters)"
                    + location(e)
                    + ": simplify the message";
        }
        if (e instanceof JsonEOFException) {
            return "JSON ends early" + location(e) + ": send the whole message as one record";
        }
        if (e instanceof MismatchedInputException) {
            return String.valueOf(e.getMessage()).startsWith("Trailing token")
                    ? "More than one JSON document" + location(e) + ": send one a record"
                    : "A key occurs twice in an object" + location(e) + ": send each once";
        }
        return "Not JSON" + location(e) + ": check what the sender writes";
    }

    private static String location(IOException e) {
        if (!(e instanceof JsonProcessingException)
                || ((JsonProcessingException) e).getLocation() == null) {
            return "";
        }
        return " at line "
                + ((JsonProcessingException) e).getLocation().getLineNr()
                + ", column "
                + ((JsonProcessingException) e).getLocation().getColumnNr();
    }

    private static ObjectReader reader() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(RecordDecoder.MAX_RECORD_BYTES)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build();
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(limits)
                        // Names come from strangers: interning them would fill a global table.
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        // UTF-8 is checked before; a guess at UTF-16 must not overrule it.
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                        .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readerFor(JsonNode.class);
    }
}
