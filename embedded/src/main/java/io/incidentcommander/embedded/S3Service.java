// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.adobe.testing.s3mock.S3MockApplication;
import java.nio.file.Path;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** S3 as Adobe's S3Mock speaks it, over plain HTTP. Objects survive {@link #stop()}. */
final class S3Service implements EmbeddedService {

    private final Path data;
    private final int port;
    private ConfigurableApplicationContext context;

    S3Service(Path data, LoopbackPorts ports) {
        this.data = data;
        this.port = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.S3;
    }

    @Override
    public StartOutcome start() {
        if (context == null) {
            context =
                    new SpringApplicationBuilder(S3MockApplication.class, OneConnector.class)
                            .properties(properties())
                            .bannerMode(Banner.Mode.OFF)
                            .registerShutdownHook(false)
                            .run();
        }
        return new StartOutcome.Started(Http.at(port));
    }

    @Override
    public void stop() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("server.address", LoopbackPorts.HOST);
        properties.setProperty("server.port", Integer.toString(port));
        properties.setProperty("server.ssl.enabled", "false");
        properties.setProperty("server.tomcat.threads.max", "16");
        properties.setProperty("server.tomcat.threads.min-spare", "2");
        // Read before OneConnector drops the connector it is for; never bound.
        properties.setProperty("http.port", "0");
        properties.setProperty("com.adobe.testing.s3mock.domain.root", data.toString());
        properties.setProperty("com.adobe.testing.s3mock.domain.retainFilesOnExit", "true");
        return properties;
    }

    /**
     * S3Mock wants HTTPS on one port and adds a connector for HTTP that listens on all interfaces.
     * We serve HTTP on the first, which obeys {@code server.address}, and drop the other.
     */
    @Configuration(proxyBeanMethods = false)
    static class OneConnector {
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> onlyTheLoopbackConnector() {
            return factory -> factory.getAdditionalTomcatConnectors().clear();
        }
    }
}
