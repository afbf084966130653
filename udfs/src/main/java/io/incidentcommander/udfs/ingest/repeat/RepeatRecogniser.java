// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.Timestamps;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Knows a record that repeats an earlier one without decoding it: in a storm, nearly all do.
 *
 * <p>Guarantee: if {@link #recognise} answers {@link Verdict#REPEAT}, decoding the record in full
 * would give the same outcome and the same alerts as the record learnt with {@link #value()}, save
 * for id, value, summary and annotations, and for its event and original time if {@link
 * #hasOwnTime()}: the event time is then {@link #eventTimeMillis()}.
 *
 * <p>Why. Let T be the record learnt, of format F, and R the record in question.
 *
 * <ol>
 *   <li>T was decoded in full, so it is well-formed JSON within all limits, and the spans found in
 *       it are scalars at F's volatile paths.
 *   <li>R has T's source, hence T's profile. It is neither cut nor over the size limit.
 *   <li>All bytes of R outside of its own spans equal those of T, in order, compared byte for byte;
 *       the digest only finds T. The quotes of a string are outside of its span.
 *   <li>Each span of R is a simple scalar ({@link ScalarValues}) that ends where the span ends. So
 *       R is T with scalars replaced by others of their kind, token for token: no key, nesting or
 *       token is added, hence no duplicate key and nothing after the document; and, spans being
 *       ASCII and short, R is as good UTF-8 and as far within the limits as T.
 *   <li>R is then of format F because detection does not look at volatile values, which {@link
 *       AlertDecoder#recognises} has to keep to, and what it decodes to follows from F's promise in
 *       {@link io.incidentcommander.udfs.ingest.VolatileFields}.
 *   <li>The event time is read by {@link Timestamps} from the only span at F's time path, where it
 *       is written without escapes; if that is no time, nothing is claimed.
 * </ol>
 *
 * <p>That the scan of R, which does not validate, found the right spans is not needed for this: any
 * spans that pass 3 and 4 will do.
 *
 * <p>The profile of a source must not change while its records are remembered; if it does, {@link
 * #clear}. Memory is bounded by the numbers given. Asking allocates nothing. Not thread safe: one
 * for each subtask.
 *
 * @param <V> what the caller keeps for a record; the same object is handed out for each repeat
 */
public final class RepeatRecogniser<V> {
    private static final long ALL_BITS = -1L;

    private final AlertFormat[] formats;
    private final VolatilePaths[] policies;
    private final DeliveryScanner scanner = new DeliveryScanner();
    private final FormatHints hints = new FormatHints();
    private final RepeatCache<V> cache;
    private final long digestMask;

    private Template<V> found; // null: the last answer was not REPEAT
    private boolean ownTime;
    private long eventTimeMillis;

    /**
     * @param maxTemplates how many records are remembered, 2 at least
     * @param maxBytes about how many bytes these may hold together, not counting their values
     */
    public RepeatRecogniser(List<AlertDecoder> decoders, int maxTemplates, long maxBytes) {
        this(decoders, new RepeatCache<>(maxTemplates, maxBytes), ALL_BITS);
    }

    /** With digests cut to {@code digestMask}, to make them collide. */
    RepeatRecogniser(List<AlertDecoder> decoders, RepeatCache<V> cache, long digestMask) {
        if (decoders.size() > FormatHints.MAX_POLICIES) {
            throw new IllegalArgumentException("Too many formats: " + decoders.size());
        }
        this.formats = decoders.stream().map(AlertDecoder::format).toArray(AlertFormat[]::new);
        this.policies =
                decoders.stream()
                        .map(decoder -> VolatilePaths.of(decoder.volatileFields()))
                        .toArray(VolatilePaths[]::new);
        this.cache = cache;
        this.digestMask = digestMask;
    }

    /** Asks for a record; on {@link Verdict#REPEAT} the accessors tell more until the next call. */
    public Verdict recognise(RawRecord record) {
        found = null;
        if (!isWhole(record)) {
            return Verdict.UNSURE;
        }
        int policy = hints.guess(record.source(), record.bytes());
        if (policy == FormatHints.NONE) {
            return Verdict.UNKNOWN;
        }
        return scan(record, policy) ? lookUp(record, policy) : Verdict.UNSURE;
    }

    /** What was learnt with the record that is repeated. */
    public V value() {
        return repeated().value();
    }

    /** Whether the repeat carries a time that may differ from that of the record learnt. */
    public boolean hasOwnTime() {
        repeated();
        return ownTime;
    }

    /** Event time of the repeat's only alert (epoch ms), exactly as decoding would read it. */
    public long eventTimeMillis() {
        if (!hasOwnTime()) {
            throw new NoSuchElementException("The times are those of the record learnt");
        }
        return eventTimeMillis;
    }

    /**
     * Remembers a record that was decoded in full, if it can serve as a template: it bears alerts
     * and nothing was rejected; if its format has a time path, it bears exactly one alert, and that
     * has the time found there; else none of its times was taken from the arrival, which is not in
     * the bytes.
     */
    public void learn(RawRecord record, DecodeOutcome outcome, V value) {
        found = null;
        int policy = policyOf(outcome);
        if (policy == FormatHints.NONE || !isWhole(record) || !scan(record, policy)) {
            return;
        }
        if (!(policies[policy].hasTime()
                ? hasSpannedTime(record, outcome.alerts())
                : hasWrittenTimes(record, outcome.alerts()))) {
            return;
        }
        hints.learn(record.source(), record.bytes(), policy);
        cache.put(
                digest(record, policy),
                new Template<>(
                        record.source(),
                        policy,
                        record.bytes(),
                        scanner,
                        Objects.requireNonNull(value, "value")));
    }

    /** How many records are remembered. */
    public int size() {
        return cache.size();
    }

    /** About how many bytes the remembered records hold. */
    public long bytes() {
        return cache.bytes();
    }

    /** Forgets all. */
    public void clear() {
        found = null;
        cache.clear();
        hints.clear();
    }

    private static boolean isWhole(RawRecord record) {
        return record.kind() == RawRecord.Kind.DATA
                && record.size() <= RecordDecoder.MAX_RECORD_BYTES
                && record.bytes().length == record.size();
    }

    private boolean scan(RawRecord record, int policy) {
        return scanner.scan(record.bytes(), policies[policy]) == DeliveryScanner.Result.READ
                && scanner.hasTime() == policies[policy].hasTime();
    }

    private Verdict lookUp(RawRecord record, int policy) {
        long digest = digest(record, policy);
        Template<V> template = cache.find(digest);
        if (template == null
                || !template.matches(record.source(), policy, record.bytes(), scanner)) {
            return Verdict.UNKNOWN;
        }
        ownTime = scanner.hasTime();
        if (ownTime) {
            eventTimeMillis = time(record);
            if (!isTime(eventTimeMillis)) {
                return Verdict.UNSURE;
            }
        }
        cache.used(digest, template);
        found = template;
        return Verdict.REPEAT;
    }

    private long digest(RawRecord record, int policy) {
        long bySource = (long) record.source().hashCode() << 32 | policy;
        return SegmentHash.mix(scanner.digest(), bySource) & digestMask;
    }

    private long time(RawRecord record) {
        return Timestamps.parse(record.bytes(), scanner.timeFrom(), scanner.timeTo());
    }

    private static boolean isTime(long millis) {
        return millis != Timestamps.INVALID && !Timestamps.isOpenEnd(millis);
    }

    private Template<V> repeated() {
        if (found == null) {
            throw new IllegalStateException("The last answer was not REPEAT");
        }
        return found;
    }

    private int policyOf(DecodeOutcome outcome) {
        if (outcome.outcome() == RecordOutcome.ALERT_BEARING && outcome.rejectedParts().isEmpty()) {
            for (int i = 0; i < formats.length; i++) {
                if (formats[i] == outcome.format().get()) {
                    return i;
                }
            }
        }
        return FormatHints.NONE;
    }

    private boolean hasSpannedTime(RawRecord record, List<Alert> alerts) {
        long time = time(record);
        return isTime(time) && alerts.size() == 1 && alerts.get(0).eventTimeMillis() == time;
    }

    /** By the arrival, or the zero that stands for none, only if the bytes happen to say so. */
    private static boolean hasWrittenTimes(RawRecord record, List<Alert> alerts) {
        long assumed = record.hasArrival() ? record.arrivalMillis() : 0;
        return alerts.stream()
                .noneMatch(
                        alert ->
                                alert.eventTimeMillis() == assumed
                                        || alert.originalTimeMillis() == assumed);
    }
}
