// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {

    @Test
    void givesNoPortTwiceAndNoneThatIsTaken() throws Exception {
        int first = new LoopbackPorts().next();
        try (ServerSocket taken = new ServerSocket(first, 1, LoopbackPorts.ADDRESS)) {
            LoopbackPorts ports = new LoopbackPorts();

            int second = ports.next();
            int third = ports.next();

            assertThat(second).isNotEqualTo(taken.getLocalPort());
            assertThat(third).isNotIn(second, taken.getLocalPort());
        }
    }
}
