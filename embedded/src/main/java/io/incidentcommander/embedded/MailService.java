// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/**
 * A mail server (GreenMail): SMTP in, IMAP out, every recipient has a mailbox. Mail does not
 * survive {@link #stop()}.
 */
final class MailService implements EmbeddedService {

    private final int smtpPort;
    private final int imapPort;
    private GreenMail server;

    MailService(LoopbackPorts ports) {
        this.smtpPort = ports.next();
        this.imapPort = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.SMTP;
    }

    @Override
    public StartOutcome start() {
        if (server == null) {
            server = new GreenMail(setups());
            server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
            server.start();
        }
        return new StartOutcome.Started(new Endpoint.Mail(LoopbackPorts.HOST, smtpPort, imapPort));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    private ServerSetup[] setups() {
        return new ServerSetup[] {
            new ServerSetup(smtpPort, LoopbackPorts.HOST, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(imapPort, LoopbackPorts.HOST, ServerSetup.PROTOCOL_IMAP)
        };
    }
}
