package dev.cxotel.bridge.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.config.LoggingConfig.Format;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log on standard error: one line an event, JSON or text, whatever API it came by (SLF4J, java.util.logging,
 * System.Logger). Libraries that speak of their own affairs are held to warnings, the exporters to errors: what they say
 * is reported in our words.
 */
public final class LogOutput {

    private static final Map<String, Level> FOREIGN = Map.of(
            "io.helidon", Level.WARN,
            "io.opentelemetry", Level.ERROR,
            "com.networknt", Level.WARN,
            "org.sqlite", Level.WARN,
            "jdk", Level.WARN,
            "sun", Level.WARN,
            "java.lang.Runtime", Level.OFF);

    private LogOutput() {}

    /** Before a configuration was read: only what is wrong, as text. */
    public static void quiet() {
        configure(new LoggingConfig(LoggingConfig.Level.WARN, Format.TEXT));
    }

    public static void configure(LoggingConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        LevelChangePropagator propagator = new LevelChangePropagator();
        propagator.setContext(context);
        propagator.setResetJUL(true);
        propagator.start();
        context.addListener(propagator);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();

        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(config.format(), context));
        appender.start();

        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(config.level().name()));
        root.addAppender(appender);
        if (config.level() != LoggingConfig.Level.TRACE) {
            FOREIGN.forEach((name, level) -> context.getLogger(name).setLevel(level));
        }
    }

    private static Encoder<ILoggingEvent> encoder(Format format, LoggerContext context) {
        return switch (format) {
            case JSON -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.setWithSequenceNumber(false);
                encoder.setWithNanoseconds(false);
                encoder.setWithContext(false);
                encoder.setWithMessage(false);
                encoder.setWithArguments(false);
                encoder.setWithFormattedMessage(true);
                encoder.start();
                yield encoder;
            }
            case TEXT -> {
                PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setPattern(
                        "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %replace(%msg){'[\\r\\n]+', ' | '}%n");
                encoder.start();
                yield encoder;
            }
        };
    }
}
