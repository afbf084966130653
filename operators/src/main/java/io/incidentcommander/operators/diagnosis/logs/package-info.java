// SPDX-License-Identifier: Apache-2.0
/** The logs of each service over the last hour, and what is out of the ordinary in them. */
package io.incidentcommander.operators.diagnosis.logs;
