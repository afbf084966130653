// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

/** What is due when, of all that a tenant has open: one timer a time, however much it is. */
final class DueTimes {
    static final char WAKE_UP = 'w';
    static final char FORGET_DELIBERATION = 'd';
    static final char FORGET_CAST = 'c';
    static final char FORGET_ORPHANS = 'o';

    /** What is forgotten is so at whole seconds. */
    private static final long FORGET_EVERY_MILLIS = 1_000;

    private final TallyState state;

    DueTimes(TallyState state) {
        this.state = state;
    }

    void wakeUp(long time, String id, TallyFunction.ReadOnlyContext context) throws Exception {
        schedule(time, WAKE_UP + id, context);
    }

    /**
     * @param what one of the letters above, and the id
     */
    void forget(long time, String what, TallyFunction.ReadOnlyContext context) throws Exception {
        schedule((time / FORGET_EVERY_MILLIS + 1) * FORGET_EVERY_MILLIS, what, context);
    }

    private void schedule(long time, String what, TallyFunction.ReadOnlyContext context)
            throws Exception {
        if (state.addDue(time, what)) {
            context.timerService().registerEventTimeTimer(time);
        }
    }

    /** Of the element if it has a time, else the watermark's, else what the element says. */
    static long now(TallyFunction.ReadOnlyContext context, long otherwise) {
        if (context.timestamp() != null) {
            return context.timestamp();
        }
        long watermark = context.timerService().currentWatermark();
        return watermark == Long.MIN_VALUE ? otherwise : watermark;
    }
}
