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
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Knows a record that repeats an earlier one without decoding it: in a storm, nearly all do.
 *
 * <p>Guarantee: if {@link #recognise} answers {@link Verdict#REPEAT}, decoding the record in full
 * would give the same outcome and the same alerts as the record learnt with {@link #value()}, save
 * for id, value, summary and annotations, and for their event and original times if {@link
 * #hasOwnTimes()}: the event times are then {@link #eventTimeMillis(int)}.
 *
 * <p>Why. Let T be the record learnt, of format F, and R the record in question.
 *
 * <ol>
 *   <li>T was decoded in full, so it is well-formed JSON within all limits, as is what F reads of
 *       JSON in its strings, and the spans found in it are scalars at F's volatile paths.
 *   <li>R has T's source, hence T's profile. It is neither cut nor over the size limit.
 *   <li>All bytes of R outside of its own spans equal those of T, in order, compared byte for byte;
 *       the digest only finds T. The quotes of a string are outside of its span.
 *   <li>Each span of R is a simple scalar ({@link ScalarValues}) that ends where the span ends, and
 *       of the kind of T's, since the bytes before it tell them apart: a quote after a colon, none,
 *       or, within a string, an escaped quote; there the span has no backslash. So R is T with
 *       scalars replaced by others of their kind, token for token: no key, nesting or token is
 *       added, hence no duplicate key and nothing after the document; and, spans being UTF-8 and
 *       short, R is as good UTF-8 and as far within the limits as T.
 *   <li>R is then of format F because detection does not look at volatile values, which {@link
 *       AlertDecoder#recognises} has to keep to, and what it decodes to follows from F's promise in
 *       {@link io.incidentcommander.udfs.ingest.VolatileFields}.
 *   <li>Each value at a time path of R is read by {@link Timestamps} where it is written without
 *       escapes, and is a time, or an open end, where T's is; else nothing is claimed. An alert has
 *       the time from the place from which it has it in T: from the only one there is, or from the
 *       one that {@link TimeOrigins} finds by asking the decoder.
 * </ol>
 *
 * <p>That the scan of R, which does not validate, found the right spans is not needed for this: any
 * spans that pass 3 and 4 will do. So R is first scanned by a {@link QuickScanner}, which guesses.
 * T's spans are always those of a {@link DeliveryScanner}.
 *
 * <p>The profile of a source must not change while its records are remembered; if it does, {@link
 * #clear}. Memory is bounded by the numbers given. Asking allocates nothing, save once for a record
 * with several times. Not thread safe: one for each subtask.
 *
 * @param <V> what the caller keeps for a record; the same object is handed out for each repeat
 */
public final class RepeatRecogniser<V> {
    private static final long ALL_BITS = -1L;

    private final AlertFormat[] formats;
    private final VolatilePaths[] policies;
    private final QuickScanner[] quick;
    private final FullDecoding decoding;
    private final DeliveryScanner scanner = new DeliveryScanner();
    private final DeliveryTimes times = new DeliveryTimes();
    private final FormatHints hints = new FormatHints();
    private final RepeatCache<V> cache;
    private final long digestMask;

    private Template<V> found; // null: the last answer was not REPEAT
    private byte[] scanned; // what scanner and times were read from by scan(); null: by a guess
    private int scannedPolicy;
    private boolean ownTimes;

    /**
     * @param decoding in full, of records like those learnt
     * @param maxTemplates how many records are remembered, 2 at least
     * @param maxBytes about how many bytes these may hold together, not counting their values
     */
    public RepeatRecogniser(
            List<AlertDecoder> decoders, FullDecoding decoding, int maxTemplates, long maxBytes) {
        this(decoders, decoding, new RepeatCache<>(maxTemplates, maxBytes), ALL_BITS);
    }

    /** With digests cut to {@code digestMask}, to make them collide. */
    RepeatRecogniser(
            List<AlertDecoder> decoders,
            FullDecoding decoding,
            RepeatCache<V> cache,
            long digestMask) {
        if (decoders.size() > FormatHints.MAX_POLICIES) {
            throw new IllegalArgumentException("Too many formats: " + decoders.size());
        }
        this.formats = decoders.stream().map(AlertDecoder::format).toArray(AlertFormat[]::new);
        this.policies =
                decoders.stream()
                        .map(decoder -> VolatilePaths.of(decoder.volatileFields()))
                        .toArray(VolatilePaths[]::new);
        this.quick =
                decoders.stream()
                        .map(decoder -> new QuickScanner(decoder.volatileFields()))
                        .toArray(QuickScanner[]::new);
        this.decoding = decoding;
        this.cache = cache;
        this.digestMask = digestMask;
    }

    /** Asks for a record; on {@link Verdict#REPEAT} the accessors tell more until the next call. */
    public Verdict recognise(RawRecord record) {
        found = null;
        scanned = null;
        if (!isWhole(record)) {
            return Verdict.UNSURE;
        }
        int policy = hints.guess(record.source(), record.bytes());
        if (policy == FormatHints.NONE) {
            return Verdict.UNKNOWN;
        }
        if (isQuicklyRecognised(record, policy)) {
            quick[policy].succeeded();
            return Verdict.REPEAT;
        }
        Verdict verdict = scan(record, policy) ? lookUp(record, policy) : Verdict.UNSURE;
        if (verdict == Verdict.REPEAT) {
            quick[policy].learn(record.bytes(), scanner.spans());
        }
        return verdict;
    }

    private boolean isQuicklyRecognised(RawRecord record, int policy) {
        if (!quick[policy].scan(record.bytes(), scanner.spans())) {
            return false;
        }
        scanner.digestSpans(record.bytes());
        return hasTimes(record, policy) && lookUp(record, policy) == Verdict.REPEAT;
    }

    /** What was learnt with the record that is repeated. */
    public V value() {
        return repeated().value();
    }

    /** Whether the repeat carries times that may differ from those of the record learnt. */
    public boolean hasOwnTimes() {
        repeated();
        return ownTimes;
    }

    /** Event time of an alert of the repeat (epoch ms), exactly as decoding would read it. */
    public long eventTimeMillis(int alert) {
        if (!hasOwnTimes()) {
            throw new NoSuchElementException("The times are those of the record learnt");
        }
        return times.millis(found.origins()[alert]);
    }

    /**
     * Remembers a record that was decoded in full, if it can serve as a template: it bears alerts
     * and nothing was rejected; if its format has time paths, each alert has a time found there;
     * else none of its times was taken from the arrival, which is not in the bytes.
     */
    public void learn(RawRecord record, DecodeOutcome outcome, V value) {
        found = null;
        int policy = policyOf(outcome);
        if (policy == FormatHints.NONE || !isWhole(record) || !scan(record, policy)) {
            return;
        }
        boolean timed = policies[policy].hasTimes();
        List<Alert> alerts = outcome.alerts();
        if (!(timed
                ? alerts.stream().allMatch(alert -> times.has(alert.eventTimeMillis()))
                : hasWrittenTimes(record, alerts))) {
            return;
        }
        long digest = digest(record, policy);
        Template<V> known = cache.find(digest);
        if (known != null
                && known.origins() == TimeOrigins.UNKNOWN
                && isLike(known, record, policy)) {
            return;
        }
        hints.learn(record.source(), record.bytes(), policy);
        Objects.requireNonNull(value, "value");
        if (cache.admits(digest, record.size() + 2L * Template.OVERHEAD_BYTES)) {
            cache.put(digest, template(record, policy, alerts, value));
        }
    }

    /**
     * Whether there is but one time, and the alerts have it from there and not from the arrival
     * that happens to be the same.
     */
    private boolean isPlain(RawRecord record, int policy, List<Alert> alerts) {
        boolean onePath = policies[policy].timePaths() == 1 && alerts.size() == 1;
        return times.onlyTime() >= 0 && (onePath || hasWrittenTimes(record, alerts));
    }

    private Template<V> template(RawRecord record, int policy, List<Alert> alerts, V value) {
        Spans spans = scanner.spans();
        if (!policies[policy].hasTimes()) {
            return new Template<>(record.source(), policy, record.bytes(), spans, value);
        }
        long[] alertTimes = alerts.stream().mapToLong(Alert::eventTimeMillis).toArray();
        Template<V> template =
                new Template<>(
                        record.source(),
                        policy,
                        record.bytes(),
                        spans,
                        times.copy(),
                        alertTimes,
                        value);
        if (isPlain(record, policy, alerts)) {
            int[] origins = new int[alertTimes.length];
            Arrays.fill(origins, times.onlyTime());
            template.origins(origins);
        }
        return template;
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

    /**
     * Whether the record could be scanned and has the times that its format asks for. One that was
     * scanned last, as one is that is learnt after it was asked for, is not scanned again.
     */
    @SuppressWarnings("ReferenceEquality")
    private boolean scan(RawRecord record, int policy) {
        if (record.bytes() == scanned && policy == scannedPolicy) {
            return true;
        }
        scanned = null;
        if (scanner.scan(record.bytes(), policies[policy]) != DeliveryScanner.Result.READ
                || !hasTimes(record, policy)) {
            return false;
        }
        scanned = record.bytes();
        scannedPolicy = policy;
        return true;
    }

    private boolean hasTimes(RawRecord record, int policy) {
        times.read(record.bytes(), scanner.spans());
        return !policies[policy].hasTimes() || times.areTimes();
    }

    private Verdict lookUp(RawRecord record, int policy) {
        long digest = digest(record, policy);
        Template<V> template = cache.find(digest);
        if (template == null || !isLike(template, record, policy)) {
            return Verdict.UNKNOWN;
        }
        ownTimes = policies[policy].hasTimes();
        if (ownTimes) {
            if (template.origins() == null) {
                template.origins(TimeOrigins.of(template, record, decoding));
            }
            if (template.origins() == TimeOrigins.UNKNOWN) {
                return Verdict.UNSURE;
            }
        }
        template.mark();
        found = template;
        return Verdict.REPEAT;
    }

    private boolean isLike(Template<V> template, RawRecord record, int policy) {
        return template.matches(record.source(), policy, record.bytes(), scanner.spans())
                && times.alike(template.times());
    }

    private long digest(RawRecord record, int policy) {
        long bySource = (long) record.source().hashCode() << 32 | policy;
        return SegmentHash.mix(scanner.digest(), bySource + times.shape()) & digestMask;
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
