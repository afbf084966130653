// SPDX-License-Identifier: Apache-2.0
/** Whether an action may run, and how it runs at most once. Nothing here touches the world. */
package io.incidentcommander.udfs.resolution;
