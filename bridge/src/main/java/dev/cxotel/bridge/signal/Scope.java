package dev.cxotel.bridge.signal;

import dev.cxotel.semconv.SchemaUrls;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;

/** The instrumentation scope of everything that is made from CXone's payloads. */
public final class Scope {

    public static final String NAME = "dev.cxotel.bridge";

    /** The version of the bridge, as in the parent POM. */
    public static final String VERSION = "0.1.0";

    /** The schema of all {@code cxone.*} names, on resources and scope. */
    public static final String SCHEMA_URL = SchemaUrls.CXONE;

    public static final InstrumentationScopeInfo INFO = InstrumentationScopeInfo.builder(NAME)
            .setVersion(VERSION)
            .setSchemaUrl(SCHEMA_URL)
            .build();

    private Scope() {}
}
