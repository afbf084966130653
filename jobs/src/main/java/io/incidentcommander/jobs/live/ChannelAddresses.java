// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

/** Where people are told in a run: stubs of Slack and PagerDuty, and a mail server. Immutable. */
public final class ChannelAddresses {
    private final String slack;
    private final String pagerDuty;
    private final int smtpPort;
    private final int imapPort;

    ChannelAddresses(String slack, String pagerDuty, int smtpPort, int imapPort) {
        this.slack = slack;
        this.pagerDuty = pagerDuty;
        this.smtpPort = smtpPort;
        this.imapPort = imapPort;
    }

    static ChannelAddresses none() {
        return new ChannelAddresses("", "", 0, 0);
    }

    /** A URL; a stub stands behind it. */
    public String slack() {
        return slack;
    }

    /** A URL; a stub stands behind it. */
    public String pagerDuty() {
        return pagerDuty;
    }

    /** On the loopback interface; 0 if there is none. */
    public int smtpPort() {
        return smtpPort;
    }

    /** Where mail is read. */
    public int imapPort() {
        return imapPort;
    }

    boolean areThere() {
        return !slack.isEmpty() && !pagerDuty.isEmpty() && smtpPort > 0;
    }
}
