// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.udfs.communication.routing.NoticeRouter;
import java.io.Serializable;

/** Makes the router of one task from the files the job was started with. */
@FunctionalInterface
public interface NoticeRouterProvider extends Serializable {
    NoticeRouter router();
}
