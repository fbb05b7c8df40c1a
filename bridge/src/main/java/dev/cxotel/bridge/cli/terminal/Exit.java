package dev.cxotel.bridge.cli.terminal;

/** The codes that the process exits with; a wrong use of the command line is 2, picocli's own. */
public final class Exit {

    public static final int OK = 0;

    /** Anything else. */
    public static final int FAILED = 1;

    public static final int BAD_CONFIGURATION = 78;

    private Exit() {}
}
