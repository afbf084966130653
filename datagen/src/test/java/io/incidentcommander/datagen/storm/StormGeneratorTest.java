// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StormGeneratorTest {
    private static final long EPOCH = 1_767_225_600_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void equalSpecificationsMakeEqualBytes() {
        StormGenerator one = StormSpec.builder().seed(5).build().open(1, 4);
        StormGenerator other = StormSpec.builder().seed(5).build().open(1, 4);
        for (int n = 0; n < 20_000; n++) {
            assertThat(one.next(EPOCH + n)).isEqualTo(other.next(EPOCH + n));
        }
    }

    @Test
    void anyRecordCanBeMadeAgainFromItsNumber() {
        StormSpec spec = StormSpec.builder().build();
        StormGenerator forward = spec.open(0, 2);
        byte[][] records = new byte[5_000][];
        for (int n = 0; n < records.length; n++) {
            records[n] = forward.next(EPOCH + n);
        }
        StormGenerator backward = spec.open(0, 2);
        for (int n = records.length - 1; n >= 0; n--) {
            backward.seek(n);
            assertThat(backward.next(EPOCH + n)).isEqualTo(records[n]);
        }
    }

    @Test
    void anotherSeedOrPartitionMakesOtherBytes() {
        byte[] record = StormSpec.builder().seed(1).build().open(0, 2).render(17, EPOCH);
        assertThat(StormSpec.builder().seed(2).build().open(0, 2).render(17, EPOCH))
                .isNotEqualTo(record);
        assertThat(StormSpec.builder().seed(1).build().open(1, 2).render(17, EPOCH))
                .isNotEqualTo(record);
    }

    @ParameterizedTest
    @EnumSource(value = RecordFormat.class, names = "JUNK", mode = EnumSource.Mode.EXCLUDE)
    void everyFormatIsJsonWhateverIsFilledIn(RecordFormat format) throws IOException {
        StormGenerator generator = generatorOf(format);
        for (int n = 0; n < 3_000; n++) {
            byte[] record = generator.next(EPOCH + 997L * n);
            assertThat(JSON.readTree(record).isObject()).isTrue();
        }
    }

    @Test
    void sizesStayWithinTheirBounds() {
        StormGenerator generator = StormSpec.builder().build().open(0, 1);
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int n = 0; n < 200_000; n++) {
            int size = generator.next(EPOCH + n).length;
            least = Math.min(least, size);
            most = Math.max(most, size);
        }
        assertThat(least).isGreaterThanOrEqualTo(350).isLessThan(400);
        assertThat(most).isLessThanOrEqualTo(4096).isGreaterThan(3500);
    }

    @Test
    void canonicalOnlyIsOfOneSize() {
        StormGenerator generator = StormSpec.canonicalOnly(350).open(0, 1);
        for (int n = 0; n < 100_000; n++) {
            assertThat(generator.next(EPOCH + n)).hasSize(350);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 0.99, 1})
    void theRatioOfDuplicatesIsExact(double ratio) {
        StormGenerator generator = StormSpec.builder().duplicateRatio(ratio).build().open(1, 3);
        Set<Long> seen = new HashSet<>();
        long alerts = 0;
        for (int n = 0; n < 100_000; n++) {
            RecordTruth truth = generator.truth(n, EPOCH);
            if (truth.fingerprint().isPresent()) {
                alerts++;
                seen.add(truth.fingerprint().getAsLong());
            }
        }
        assertThat(seen.size())
                .isEqualTo((int) Math.max(1, Math.ceil(alerts * (1 - ratio) - 1e-6)));
    }

    @Test
    void theHottestFingerprintHasItsShareByZipf() {
        int records = 200_000;
        StormGenerator generator = StormSpec.canonicalOnly(350).open(0, 1);
        long hottest = count(generator, records, t -> t.fingerprint().getAsLong() == 0);
        double share = 1 / 11.6676; // Harmonic number of 65,536 is 11.6676.
        double deviation = Math.sqrt(records * share * (1 - share));
        assertThat((double) hottest).isCloseTo(records * share, within(4 * deviation));
    }

    @Test
    void formatsKeepToTheirShares() {
        int records = 200_000;
        FormatMix mix = FormatMix.realistic();
        StormGenerator generator = StormSpec.builder().build().open(0, 1);
        Map<RecordFormat, Integer> seen = new EnumMap<>(RecordFormat.class);
        for (int n = 0; n < records; n++) {
            seen.merge(generator.truth(n, EPOCH).format(), 1, Integer::sum);
        }
        for (RecordFormat format : RecordFormat.values()) {
            double share = mix.share(format);
            double deviation = Math.sqrt(records * share * (1 - share));
            // Rules are dealt whole: besides chance, the lightest rules' mass may be missing.
            assertThat((double) seen.getOrDefault(format, 0))
                    .as(format.name())
                    .isCloseTo(records * share, within(4 * deviation + records * 1e-4));
        }
    }

    @Test
    void criticalAndResolvedKeepToTheirSharesOutsideBursts() {
        int records = 200_000;
        StormGenerator generator =
                alertsOnly().toBuilder().criticalBursts(0, 5, 0.2).build().open(0, 1);
        assertShare(
                count(generator, records, t -> t.severity() == Severity.CRITICAL), records, 0.05);
        assertShare(
                count(generator, records, t -> t.status() == AlertStatus.RESOLVED), records, 0.05);
    }

    @Test
    void aBurstIsOneFifthCritical() {
        int records = 200_000;
        StormGenerator generator =
                alertsOnly().toBuilder().criticalBursts(1, 5, 0.2).build().open(0, 1);
        assertShare(
                count(generator, records, t -> t.severity() == Severity.CRITICAL), records, 0.2);
    }

    @Test
    void aBurstIsMadeBySomeServicesSendingMostlyCritical() {
        StormGenerator generator =
                alertsOnly().toBuilder().criticalBursts(1, 5, 0.2).build().open(0, 1);
        Map<String, int[]> byService = new HashMap<>();
        for (int n = 0; n < 200_000; n++) {
            RecordTruth truth = generator.truth(n, EPOCH);
            int[] counts = byService.computeIfAbsent(truth.service(), s -> new int[2]);
            counts[truth.severity() == Severity.CRITICAL ? 1 : 0]++;
        }
        long bursting = byService.values().stream().filter(c -> c[1] > 4 * c[0]).count();
        assertThat(bursting).isBetween(5L, 100L);
    }

    @Test
    void fingerprintsAreDistinctPairsOfRuleAndHost() throws IOException {
        StormGenerator generator =
                StormSpec.canonicalOnly(350).toBuilder().duplicateRatio(0).build().open(0, 1);
        Set<String> identities = new HashSet<>();
        for (int n = 0; n < 100_000; n++) {
            var json = JSON.readTree(generator.next(EPOCH));
            identities.add(json.get("name") + "|" + json.get("service") + "|" + json.get("host"));
        }
        assertThat(identities).hasSize(100_000);
    }

    @Test
    void memoryStaysBoundedWhenEveryRuleHasBeenSeen() {
        StormGenerator generator =
                StormSpec.builder()
                        .duplicateRatio(0.5)
                        .criticalBursts(1, 1, 0.9)
                        .resolveShare(0.5)
                        .build()
                        .open(0, 1);
        for (int n = 0; n < 300_000; n++) {
            generator.next(EPOCH + n);
        }
        assertThat(generator.retainedBytes()).isGreaterThan(1 << 20).isLessThan(64 << 20);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> StormSpec.builder().services(1).hosts(10).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536 fingerprints");
        assertThatThrownBy(() -> StormSpec.builder().payloadBytes(100, 200).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StormSpec.builder().duplicateRatio(1.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StormSpec.canonicalOnly(350).open(2, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static StormSpec alertsOnly() {
        return StormSpec.canonicalOnly(350);
    }

    private static StormGenerator generatorOf(RecordFormat format) {
        Map<RecordFormat, Double> weights = new EnumMap<>(RecordFormat.class);
        weights.put(RecordFormat.CANONICAL, 1e-9);
        weights.put(format, 1.0);
        return StormSpec.builder().mix(FormatMix.of(weights)).resolveShare(0.3).build().open(0, 1);
    }

    private static long count(
            StormGenerator generator, int records, Predicate<RecordTruth> predicate) {
        long count = 0;
        for (int n = 0; n < records; n++) {
            count += predicate.test(generator.truth(n, EPOCH)) ? 1 : 0;
        }
        return count;
    }

    private static void assertShare(long count, int records, double share) {
        // Chance, and one rule of the tail more or less (0.1 % of the mass).
        double deviation = Math.sqrt(records * share * (1 - share));
        assertThat((double) count)
                .isCloseTo(records * share, within(4 * deviation + records * 1e-3));
    }
}
