// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.audit.Chains.InMemory;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
    private static final List<IncidentEvent> EVENTS = Chains.of("aa", 6);

    @Test
    void twoWholeCopiesThatAgreeAreFine() throws IOException {
        ChainCheck check = check(whole(EVENTS), whole(EVENTS));

        assertThat(check.wrong()).isEmpty();
        assertThat(check.note()).isEmpty();
        assertThat(check.repaired().done()).isEmpty();
    }

    @Test
    void aReplicaThatIsBehindIsNotedAndBroughtUp() throws IOException {
        InMemory replica = whole(EVENTS.subList(0, 2));
        ChainCheck check = check(whole(EVENTS), replica);

        assertThat(check.wrong()).isEmpty();
        assertThat(check.note()).contains("the replica is 4 events behind");
        assertThat(check.repaired().done()).hasSize(1);
        assertThat(replica.read("aa").events()).isEqualTo(EVENTS);
    }

    @Test
    void aPrimaryThatWasCutOffWithItsHeadShowsAgainstTheReplica() throws IOException {
        InMemory primary = whole(EVENTS.subList(0, 2));
        ChainCheck check = check(primary, whole(EVENTS));

        assertThat(check.wrong()).singleElement().asString().contains("DIFFERS_FROM_COPY");
        assertThat(check.repaired().wrong()).isEmpty();
        assertThat(primary.read("aa").events()).isEqualTo(EVENTS);
    }

    @Test
    void aPrimaryThatIsGoneComesBack() throws IOException {
        InMemory primary = new InMemory(List.of(), Optional.empty());
        ChainCheck check = check(primary, whole(EVENTS));

        assertThat(check.isUnknown()).isFalse();
        assertThat(check.wrong()).singleElement().asString().contains("only the replica");
        assertThat(check.repaired().wrong()).isEmpty();
    }

    @Test
    void aBrokenReplicaIsMendedFromThePrimary() throws IOException {
        InMemory replica = new InMemory(EVENTS.subList(2, 6), Chains.head(EVENTS));
        ChainCheck check = check(whole(EVENTS), replica);

        assertThat(check.wrong()).singleElement().asString().startsWith("replica: GAP");
        assertThat(check.repaired().wrong()).isEmpty();
    }

    @Test
    void twoStoriesAreLeftAlone() throws IOException {
        List<IncidentEvent> other = Chains.of("aa", "another story", 6);
        InMemory primary = whole(other);
        ChainCheck repaired = check(primary, whole(EVENTS)).repaired();

        assertThat(repaired.wrong()).singleElement().asString().contains("different stories");
        assertThat(primary.read("aa").events()).isEqualTo(other);
    }

    @Test
    void withoutAReplicaNothingIsMendedAndThatIsSaid() throws IOException {
        InMemory primary = new InMemory(EVENTS.subList(1, 6), Chains.head(EVENTS));
        ChainCheck repaired = ChainCheck.of("aa", primary, Optional.empty()).repaired();

        assertThat(repaired.wrong()).isNotEmpty();
        assertThat(repaired.done()).singleElement().asString().contains("nothing to mend from");
    }

    private static ChainCheck check(InMemory primary, InMemory replica) throws IOException {
        return ChainCheck.of("aa", primary, Optional.of(replica));
    }

    private static InMemory whole(List<IncidentEvent> events) {
        return new InMemory(events, Chains.head(events));
    }
}
