package dev.cxotel.bridge.receiver.listener;

/** Why a connection was closed under a sender that missed a deadline. */
public enum Cut {
    /** It connected, and never said a word. */
    SILENT,
    /** A request's head did not come whole in time. */
    SLOW_HEAD,
    /** A kept connection brought no further request. */
    IDLE
}
