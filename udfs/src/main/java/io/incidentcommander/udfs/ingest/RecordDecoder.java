// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bytes in, exactly one outcome out, whatever the bytes: limits first, then JSON, then the first
 * decoder that recognises the document, or the one the source is configured for. An array at the
 * top is a batch, see {@link Parts}, and so are documents one after another, see {@link
 * JsonSequence}; alerts are numbered on through the record.
 *
 * <p>Stateless and thread safe.
 */
public final class RecordDecoder implements RecordDecoding {
    /** Larger records go to the dead letter (bytes). */
    public static final int MAX_RECORD_BYTES = 256 * 1024;

    /**
     * The event time of an alert whose message states none and whose arrival is not recorded, as
     * with PagerDuty's acknowledgements read from a file (epoch ms). Such an alert is to be given
     * the time of what was read before it.
     */
    public static final long UNKNOWN_TIME = 0;

    private static final int PIECES_TO_TRY = 64;

    private final List<AlertDecoder> decoders;

    /** All formats there are. */
    public RecordDecoder() {
        this(DecoderRegistry.all(Set.of()));
    }

    /** All formats; messages of these Slack bots or apps (by id) are our own. */
    public static RecordDecoder withOwnSlackBots(Set<String> ids) {
        return new RecordDecoder(DecoderRegistry.all(ids));
    }

    /** Asked in this order which of them recognises a document. */
    public RecordDecoder(List<AlertDecoder> decoders) {
        this.decoders = List.copyOf(decoders);
    }

    /** In the order in which they are asked. */
    public List<AlertDecoder> decoders() {
        return decoders;
    }

    /** What varies in the records of a format; nothing for a format that is not registered. */
    public VolatileFields volatileFields(AlertFormat format) {
        return decoderOf(format).map(AlertDecoder::volatileFields).orElseGet(VolatileFields::none);
    }

    @Override
    public DecodeOutcome decode(RawRecord record, SourceProfile profile) {
        try {
            checkSize(record);
            return decodeWhole(record, profile);
        } catch (UndecodableException e) {
            return DecodeOutcome.deadLetter(e.getMessage());
        } catch (RuntimeException e) {
            // One hostile record must not stop the job, even when it found a defect of ours.
            return DecodeOutcome.deadLetter(
                    "Defect of the decoder, please report it with the record: "
                            + e.getClass().getName());
        }
    }

    static void checkSize(RawRecord record) throws UndecodableException {
        if (record.kind() == RawRecord.Kind.UNREADABLE) {
            throw new UndecodableException(new String(record.bytes(), StandardCharsets.UTF_8));
        }
        if (record.size() > MAX_RECORD_BYTES) {
            throw new UndecodableException(
                    "Record of "
                            + record.size()
                            + " bytes exceeds the limit of "
                            + MAX_RECORD_BYTES
                            + ": split it at the sender");
        }
        if (record.bytes().length < record.size()) {
            throw new UndecodableException(
                    "Record was cut to "
                            + record.bytes().length
                            + " of "
                            + record.size()
                            + " bytes on its way: send it whole");
        }
    }

    private DecodeOutcome decodeWhole(RawRecord record, SourceProfile profile)
            throws UndecodableException {
        JsonNode document;
        try {
            document = JsonReading.parse(record.bytes());
        } catch (UndecodableException e) {
            DecodeOutcome several = decodeSequence(record, profile);
            if (several.outcome() == RecordOutcome.DEAD_LETTER) {
                throw e;
            }
            return several;
        }
        return document.isArray()
                ? decodeBatch(document, record, profile)
                : decodeDocument(document, record, 0, profile);
    }

    /** A dead letter if no piece of it can be decoded. */
    private DecodeOutcome decodeSequence(RawRecord record, SourceProfile profile) {
        Parts parts = new Parts();
        List<byte[]> pieces = JsonSequence.documents(record.bytes());
        int failures = 0;
        for (int i = 0; i < pieces.size() && isWorthIt(i, failures); i++) {
            try {
                parts.add(i, decodePiece(pieces.get(i), record, parts.nextIndex(), profile));
            } catch (UndecodableException e) {
                parts.reject(i, e.getMessage());
                failures++;
            }
        }
        try {
            return parts.outcome();
        } catch (UndecodableException e) {
            return DecodeOutcome.deadLetter(e.getMessage());
        }
    }

    /** A flood of broken pieces is not read to its end if nothing good was among the first. */
    private static boolean isWorthIt(int tried, int failures) {
        return failures < tried || tried < PIECES_TO_TRY;
    }

    private DecodeOutcome decodePiece(
            byte[] piece, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (!JsonSequence.isDocument(piece)) {
            throw new UndecodableException("Not JSON: check what the sender writes");
        }
        return decodeDocument(JsonReading.parse(piece), record, firstIndex, profile);
    }

    private DecodeOutcome decodeBatch(JsonNode batch, RawRecord record, SourceProfile profile)
            throws UndecodableException {
        Parts parts = new Parts();
        for (int i = 0; i < batch.size(); i++) {
            try {
                parts.add(i, decodeDocument(batch.get(i), record, parts.nextIndex(), profile));
            } catch (UndecodableException e) {
                parts.reject(i, e.getMessage());
            }
        }
        return parts.outcome();
    }

    private DecodeOutcome decodeDocument(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (!document.isObject()) {
            throw new UndecodableException(
                    "Not a JSON object: send an object, or an array of objects");
        }
        return decoderFor(document, profile).decode(document, record, firstIndex, profile);
    }

    private AlertDecoder decoderFor(JsonNode document, SourceProfile profile)
            throws UndecodableException {
        Optional<AlertFormat> fixed = profile.format();
        if (fixed.isPresent()) {
            return decoderOf(fixed.get())
                    .orElseThrow(
                            () ->
                                    new UndecodableException(
                                            "Format "
                                                    + fixed.get().optionName()
                                                    + " is not read as JSON: give the source a"
                                                    + " mapping"));
        }
        for (AlertDecoder decoder : decoders) {
            if (decoder.recognises(document)) {
                return decoder;
            }
        }
        throw new UndecodableException(
                "Unknown format: no decoder recognises the keys of the object; set the format of"
                        + " the source, or send canonical JSON");
    }

    private Optional<AlertDecoder> decoderOf(AlertFormat format) {
        for (AlertDecoder decoder : decoders) {
            if (decoder.format() == format) {
                return Optional.of(decoder);
            }
        }
        return Optional.empty();
    }
}
