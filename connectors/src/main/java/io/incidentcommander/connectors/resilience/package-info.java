// SPDX-License-Identifier: Apache-2.0
/**
 * How every call to a service outside is made: admitted or refused at once, bounded in rate and in
 * number, retried within one deadline, and given up on while the service is down. The only retry
 * layer: clients are built without retries of their own.
 *
 * <p>Nothing here blocks and nothing here decides about incidents. Clocks are the machine's,
 * through a port that tests drive.
 */
package io.incidentcommander.connectors.resilience;
