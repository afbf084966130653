// SPDX-License-Identifier: Apache-2.0
/** Signatures of votes, behind a port of ours. */
package io.incidentcommander.udfs.consensus.signature;
